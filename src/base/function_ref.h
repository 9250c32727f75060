// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <type_traits>
#include <utility>

namespace mayfly {

template <typename Signature>
class FunctionRef;

// A reference to something callable, for parameters that are only called while the function runs:
// what std::function does without its copy of the callable and the code for that. Valid as long as
// the callable is, so never to be kept.
template <typename Result, typename... Arguments>
class FunctionRef<Result(Arguments...)> {
 public:
  template <typename Callable,
            std::enable_if_t<!std::is_same_v<std::decay_t<Callable>, FunctionRef>, int> = 0>
  // Implicit, so that a lambda can be passed where one is wanted.
  FunctionRef(Callable&& callable)
      : callable_(const_cast<void*>(static_cast<const void*>(std::addressof(callable)))),
        call_([](void* target, Arguments... arguments) -> Result {
          return (*static_cast<std::add_pointer_t<Callable>>(target))(
              std::forward<Arguments>(arguments)...);
        }) {}

  Result operator()(Arguments... arguments) const {
    return call_(callable_, std::forward<Arguments>(arguments)...);
  }

 private:
  void* callable_;
  Result (*call_)(void*, Arguments...);
};

}  // namespace mayfly
