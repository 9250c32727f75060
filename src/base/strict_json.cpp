// SPDX-License-Identifier: Apache-2.0
#include "base/strict_json.h"

#include <vector>

namespace mayfly {
namespace {

using nlohmann::json;

// The library's events (json_sax), put together to a tree.
class TreeBuilder {
 public:
  explicit TreeBuilder(std::size_t max_depth) : max_depth_(max_depth) {}

  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(json::number_integer_t value) { return add(value); }
  bool number_unsigned(json::number_unsigned_t value) { return add(value); }
  bool number_float(json::number_float_t value, const std::string&) { return add(value); }
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(json::binary_t&) { return false; }  // JSON text has none
  bool start_object(std::size_t) { return open(json::object()); }
  bool start_array(std::size_t) { return open(json::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& name) {
    const auto [place, is_new] = open_.back()->get_ref<json::object_t&>().try_emplace(name);
    if (!is_new) defect_ = "it names \"" + name.substr(0, 40) + "\" twice in one object";
    member_ = &place->second;
    return is_new;
  }
  bool parse_error(std::size_t, const std::string&, const json::exception& error) {
    defect_ = std::string("not JSON (") + error.what() + ")";
    return false;
  }

  StrictJson take() {
    if (!defect_.empty()) root_ = json(json::value_t::discarded);
    return {std::move(root_), std::move(defect_)};
  }

 private:
  json& place(json&& value) {
    if (open_.empty()) return root_ = std::move(value);
    if (open_.back()->is_object()) return *member_ = std::move(value);
    auto& elements = open_.back()->get_ref<json::array_t&>();
    return elements.emplace_back(std::move(value));
  }
  bool add(json&& value) {
    place(std::move(value));
    return true;
  }
  bool open(json&& container) {
    if (open_.size() == max_depth_) {
      defect_ = "nested too deep";
      return false;
    }
    open_.push_back(&place(std::move(container)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  std::size_t max_depth_;
  json root_;
  // From the root down. Growth of an array moves only values that are complete, never an open one.
  std::vector<json*> open_;
  json* member_ = nullptr;  // of the innermost object, where its next value goes
  std::string defect_;
};

}  // namespace

StrictJson parse_strict_json(std::string_view text, std::size_t max_depth) {
  TreeBuilder builder(max_depth);
  json::sax_parse(text.begin(), text.end(), &builder);
  return builder.take();
}

}  // namespace mayfly
