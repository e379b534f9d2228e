#include "store/array_seal.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cinttypes>
#include <cstdio>

#include "log/array_files.h"

namespace dam {
namespace {

constexpr uint64_t kMostSealBytes = 1 << 16;

template <size_t kSize>
std::string hexadecimal(const std::array<uint8_t, kSize>& bytes) {
  std::string text;
  char digits[3];
  for (const uint8_t byte : bytes) {
    std::snprintf(digits, sizeof digits, "%02x", byte);
    text += digits;
  }
  return text;
}

Status no_seal(const std::string& why) {
  return Status::error(Code::kCorrupt, "the seal is no list that libdam wrote: %s", why.c_str());
}

bool parse_uuid(const char* digits, std::array<uint8_t, 16>& out) {
  for (size_t i = 0; i < out.size(); ++i) {
    unsigned byte = 0;
    if (std::sscanf(digits + 2 * i, "%2x", &byte) != 1) return false;
    out[i] = static_cast<uint8_t>(byte);
  }
  return true;
}

bool is_derived(const std::string& name) {
  return name.starts_with("ids.") || name.starts_with("positions.");
}

Status cancelled() { return Status::error(Code::kCancelled, "the work on a seal was cancelled"); }

}  // namespace

std::string ArraySeal::text() const {
  std::string text = "{\"seal\":1,\"uuid\":\"" + hexadecimal(uuid) +
                     "\",\"generation\":" + std::to_string(generation) +
                     ",\"revision\":" + std::to_string(revision) +
                     ",\"documents\":" + std::to_string(documents) + ",\"files\":[";
  for (const SealedFile& file : files) {
    text += &file == files.data() ? "\n" : ",\n";
    text += "{\"name\":\"" + file.name + "\",\"size\":" + std::to_string(file.size) +
            ",\"xxh3_128\":\"" + file.digest + "\"}";
  }
  return text + "\n]}\n";
}

Result<ArraySeal> ArraySeal::parse(const std::string& text) {
  ArraySeal seal;
  char uuid[33] = "";
  int used = 0;
  const int found = std::sscanf(text.c_str(),
                                "{\"seal\":1,\"uuid\":\"%32[0-9a-f]\",\"generation\":%" SCNu64
                                ",\"revision\":%" SCNu64 ",\"documents\":%" SCNu64 ",\"files\":[%n",
                                uuid, &seal.generation, &seal.revision, &seal.documents, &used);
  if (found != 4 || used == 0 || !parse_uuid(uuid, seal.uuid)) return no_seal("its first line");
  for (size_t at = static_cast<size_t>(used); at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    at = end + 1;
    char name[65] = "";
    char digest[33] = "";
    uint64_t size = 0;
    if (std::sscanf(line.c_str(),
                    "{\"name\":\"%64[a-z0-9.]\",\"size\":%" SCNu64 ",\"xxh3_128\":\"%32[0-9a-f]\"}",
                    name, &size, digest) == 3)
      seal.files.push_back({name, size, digest});
  }
  return seal.text() == text ? Result<ArraySeal>(std::move(seal)) : no_seal("a line of its list");
}

std::string seal_path(const std::string& directory) { return directory + "/seal"; }

Status refuse_sealed(const std::string& directory) {
  const Status found = exists(seal_path(directory));
  if (found.code() == Code::kNotFound) return {};
  DAM_TRY(found);
  return Status::error(Code::kReadOnly, "%s is sealed (%s)", directory.c_str(),
                       seal_path(directory).c_str());
}

Status digest_file(const std::string& directory, const SealProgress& progress, SealedFile& file) {
  constexpr uint64_t kStep = 1 << 20;
  DAM_ASSIGN(const File opened, File::open(directory + "/" + file.name, Access::kRead));
  DAM_ASSIGN(file.size, opened.size());
  XXH3_state_t state;
  XXH3_128bits_reset(&state);
  std::vector<uint8_t> chunk;
  for (uint64_t at = 0; at < file.size; at += chunk.size()) {
    chunk.resize(std::min(kStep, file.size - at));
    DAM_TRY(opened.read(at, chunk));
    XXH3_128bits_update(&state, chunk.data(), chunk.size());
    if (progress && !progress(chunk.size())) return cancelled();
  }
  // Big-endian, as the tools of that hash print it.
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(&state));
  file.digest = hexadecimal(std::to_array(canonical.digest));
  return {};
}

Result<std::string> read_seal_text(const std::string& directory) {
  Result<File> file = File::open(seal_path(directory), Access::kRead);
  if (file.status().code() == Code::kNotFound) return Status::absent();
  if (!file.ok()) return std::move(file).status();
  DAM_ASSIGN(const uint64_t size, file.value().size());
  if (size > kMostSealBytes) return no_seal("it is too long");
  std::string text(size, '\0');
  DAM_TRY(file.value().read(0, {reinterpret_cast<uint8_t*>(text.data()), text.size()}));
  return text;
}

Status write_seal_text(const std::string& directory, const std::string& text) {
  const std::string aside = seal_path(directory) + ".made";
  {
    DAM_ASSIGN(const File file, File::create_anew(aside));
    Status written = file.write(0, as_bytes(text));
    if (written.ok()) written = file.sync();
    if (!written.ok()) static_cast<void>(remove_file(aside));
    DAM_TRY(written);
  }
  DAM_TRY(rename_file(aside, seal_path(directory)));
  return sync_directory(directory);
}

Status check_seal(const std::string& directory, const SealProgress& progress, std::string& report,
                  ArraySeal& out) {
  DAM_ASSIGN(const std::string text, read_seal_text(directory));
  DAM_ASSIGN(out, ArraySeal::parse(text));
  for (const SealedFile& listed : out.files) {
    SealedFile found = {listed.name, 0, ""};
    const Status read = digest_file(directory, progress, found);
    if (read.code() == Code::kNotFound && is_derived(listed.name)) continue;
    if (read.code() == Code::kNotFound)
      report += listed.name + " is missing, the seal lists it\n";
    else
      DAM_TRY(read);
    if (read.ok() && found.size != listed.size)
      report += listed.name + " has " + std::to_string(found.size) + " bytes, the seal says " +
                std::to_string(listed.size) + "\n";
    else if (read.ok() && found.digest != listed.digest)
      report += listed.name + " has other bytes than were sealed\n";
  }
  return {};
}

}  // namespace dam
