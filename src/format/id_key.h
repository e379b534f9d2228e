// An id as files hold it: 16 bytes and a form.
//
// Inline: 1 to 16 bytes, exact. Uuid: canonical lower-case text packed into its 16 bytes, exact.
// Long: a keyed 128-bit hash; equality of two long keys is then confirmed in the documents.
// Different ids of the exact forms never share a key, and no id has two forms.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace dam {

enum class IdForm : uint8_t { kNone = 0, kInline = 1, kUuid = 2, kLong = 3 };

using HashKey = std::array<uint8_t, 16>;

struct IdKey {
  uint64_t lo = 0;
  uint64_t hi = 0;
  IdForm form = IdForm::kNone;
  uint8_t length = 0;  // of the inline form, else 0

  bool operator==(const IdKey&) const = default;
};

IdKey make_id_key(std::string_view id, const HashKey& hash_key);
// Whether equal keys mean equal ids.
inline bool is_exact(const IdKey& key) { return key.form != IdForm::kLong; }
// Where the id index looks for the key.
uint64_t hash_of(const IdKey& key, const HashKey& hash_key);

// The id of an exact key as text; the number of bytes written to `out` (at most 36).
size_t write_id(const IdKey& key, char out[36]);

// Form and length in the bits that frames and header entries give them.
uint32_t pack_id_form(const IdKey& key);
inline void unpack_id_form(uint32_t bits, IdKey& key) {
  key.form = static_cast<IdForm>(bits & 3);
  key.length = key.form == IdForm::kInline ? static_cast<uint8_t>(((bits >> 2) & 15) + 1) : 0;
}
inline constexpr uint32_t kIdFormMask = 0x3F;

}  // namespace dam
