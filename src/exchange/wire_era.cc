#include "exchange/wire_era.h"

#include <cinttypes>
#include <cmath>
#include <cstdio>

#include "document/verify_document.h"
#include "exchange/wire_fields.h"

namespace dam {
namespace {

using protozero::data_view;
using protozero::pbf_reader;

data_view view_of_bytes(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// The size of a place or a time: neither a denormal nor astronomic, as integers read as floats are.
bool is_likely(float number) {
  const float size = std::fabs(number);
  return number == 0 || (size >= 1e-6F && size <= 1e9F);
}

bool are_likely_floats(data_view packed) {
  bool any = false;
  for (size_t at = 0; at < packed.size(); at += sizeof(float)) {
    const auto number = load<float>(packed.data() + at);
    if (!is_likely(number)) return false;
    any = any || number != 0;
  }
  return any;
}

class Gathering {
 public:
  explicit Gathering(WireEvidence& evidence) : evidence_(evidence) {}

  void document(data_view wire, uint32_t level) {
    if (level > kMaxDocumentLevels) return;
    for (pbf_reader message(wire); message.next();) {
      switch (message.tag_and_type()) {
        case wire::bytes_of(wire::document::kChunks):
        case wire::bytes_of(wire::document::kMatches):
          document(message.get_view(), level + 1);
          break;
        case wire::bytes_of(wire::document::kBlob):
        case wire::bytes_of(wire::document::kEmbedding):
          array(message.get_view());
          break;
        case wire::bytes_of(wire::document::kLocation):
          location(message.get_view());
          break;
        case wire::bytes_of(wire::document::kScores):
        case wire::bytes_of(wire::document::kEvaluations):
          scores(message.get_view());
          break;
        default:
          plain(message);
      }
    }
  }

 private:
  void plain(pbf_reader& message) {
    switch (message.tag_and_type()) {
      case wire::fixed32_of(wire::document::kOffset):
        evidence_.float_offsets++;
        break;
      case wire::varint_of(wire::document::kOffset):
        evidence_.integer_offsets++;
        break;
      case wire::bytes_of(wire::document::kContentHash):
        evidence_.content_hashes++;
        break;
      default:
        break;
    }
    message.skip();
  }

  void scores(data_view wire) {
    if (are_grouped_scores({wire.data(), wire.size()}))
      evidence_.grouped_scores++;
    else
      evidence_.single_scores++;
  }

  void location(data_view packed) {
    if (packed.size() == 0) return;
    if (packed.size() % sizeof(float) != 0) {
      evidence_.integer_locations++;
    } else if ((static_cast<uint8_t>(packed.data()[packed.size() - 1]) & 0x80) != 0) {
      evidence_.float_locations++;
    } else {
      evidence_.open_locations++;
      if (are_likely_floats(packed)) evidence_.likely_floats++;
    }
  }

  void array(data_view wire) {
    bool is_named = false;
    bool has_content = false;
    for (pbf_reader message(wire); message.next();) {
      if (message.tag_and_type() == wire::bytes_of(wire::array::kDense)) {
        has_content = true;
        dense(message.get_view());
        continue;
      }
      is_named = is_named || message.tag() == wire::array::kClassName;
      has_content = has_content || message.tag() == wire::array::kSparse;
      message.skip();
    }
    if (!has_content) return;
    if (is_named)
      evidence_.named_arrays++;
    else
      evidence_.unnamed_arrays++;
  }

  void dense(data_view wire) {
    for (pbf_reader message(wire); message.next(); message.skip()) {
      if (message.tag() < wire::dense::kQuantization) continue;
      evidence_.quantized_arrays++;
      return;
    }
  }

  WireEvidence& evidence_;
};

// "arrays without a class name (3), integers as offsets (1)", as far as there are any.
class Reasons {
 public:
  void add(uint64_t count, const char* what) {
    if (count == 0) return;
    char text[128];
    std::snprintf(text, sizeof text, "%s%s (%" PRIu64 ")", text_.empty() ? "" : ", ", what, count);
    text_ += text;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::string late_reasons(const WireEvidence& evidence) {
  Reasons reasons;
  reasons.add(evidence.named_arrays, "arrays with a class name");
  reasons.add(evidence.float_offsets, "floats as offsets");
  reasons.add(evidence.float_locations, "locations that are no integers");
  return reasons.text();
}

std::string early_reasons(const WireEvidence& evidence) {
  Reasons reasons;
  reasons.add(evidence.unnamed_arrays, "arrays without a class name");
  reasons.add(evidence.quantized_arrays, "arrays with fields of quantization");
  reasons.add(evidence.integer_offsets, "integers as offsets");
  reasons.add(evidence.integer_locations, "locations that are no floats");
  reasons.add(evidence.content_hashes, "content hashes");
  reasons.add(evidence.grouped_scores, "scores in one message");
  return reasons.text();
}

const char* early_releases(const WireEvidence& evidence) {
  if (evidence.grouped_scores > 0 && evidence.single_scores == 0) return "2.0.0 to 2.0.3";
  if (evidence.content_hashes > 0) return "2.0.0 to 2.0.12";
  return "2.0 to 2.3";
}

}  // namespace

void WireEvidence::gather(Bytes wire) {
  try {
    Gathering(*this).document(view_of_bytes(wire), 1);
  } catch (const protozero::exception&) {
    // Told when the document is read; here it only shows less.
    return;
  }
}

bool are_grouped_scores(std::string_view wire) {
  bool has_entry = false;
  for (pbf_reader message(wire.data(), wire.size()); message.next();) {
    if (message.tag() == wire::entry::kValue) return false;
    if (message.tag_and_type() != wire::bytes_of(wire::entry::kKey)) return false;
    const data_view inner = message.get_view();
    pbf_reader entry(inner);
    try {
      has_entry = entry.next() && entry.tag_and_type() == wire::bytes_of(wire::entry::kKey);
    } catch (const protozero::exception&) {
      return false;
    }
    if (!has_entry) return false;
  }
  return has_entry;
}

WireEra settle_era(const WireEvidence& evidence) {
  const std::string late = late_reasons(evidence);
  const std::string early = early_reasons(evidence);
  const std::string releases = early_releases(evidence);
  if (!late.empty() && !early.empty()) {
    const bool mostly_late = evidence.named_arrays + evidence.float_offsets >=
                             evidence.unnamed_arrays + evidence.integer_offsets;
    return {mostly_late, "written by releases of several eras: " + releases + " (" + early +
                             ") and 2.4 to 2.6 (" + late +
                             "); locations that could be either are " +
                             (mostly_late ? "floats" : "integers")};
  }
  if (!late.empty()) return {true, "written by 2.4 to 2.6: " + late};
  if (!early.empty()) return {false, "written by " + releases + ": " + early};
  if (evidence.open_locations == 0)
    return {true, "nothing tells which releases wrote it, and nothing depends on it"};
  const bool floats = evidence.likely_floats * 2 > evidence.open_locations;
  Reasons guess;
  guess.add(floats ? evidence.likely_floats : evidence.open_locations - evidence.likely_floats,
            floats ? "locations look like floats" : "locations do not look like floats");
  return {floats, std::string("written by ") + (floats ? "2.4 to 2.6" : "2.0 to 2.3") +
                      ", a guess: " + guess.text()};
}

}  // namespace dam
