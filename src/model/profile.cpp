// SPDX-License-Identifier: Apache-2.0
#include "model/profile.h"

#include <string>

#include "base/error.h"

namespace mayfly::model {

const std::vector<Profile>& profiles() {
  static const std::vector<Profile> kProfiles{{"standard", 0.0F, 0.0F, Coding::kSmallTensors},
                                              {"small", 0.28F, 0.116F, Coding::kAll}};
  return kProfiles;
}

const Profile& profile_named(std::string_view name) {
  std::string names;
  for (const Profile& profile : profiles()) {
    if (profile.name == name) return profile;
    names += (names.empty() ? "" : ", ") + std::string(profile.name);
  }
  throw Error(ErrorCode::kInvalidArgument,
              "there is no profile \"" + std::string(name) + "\"; choose one of: " + names);
}

}  // namespace mayfly::model
