# Golden files are checked in as *.gz. Those that changed are unpacked when CMake configures, to
# build/golden/ of the source tree (one copy for all presets), so that tests read plain files.
# Sets MAYFLY_GOLDEN_UNPACKED_DIR.
find_program(MAYFLY_GZIP gzip)
if(NOT MAYFLY_GZIP)
  message(FATAL_ERROR "gzip is missing; install it (every distribution has a package of that name)")
endif()
get_filename_component(MAYFLY_GOLDEN_UNPACKED_DIR ${CMAKE_CURRENT_LIST_DIR}/../../build/golden
  ABSOLUTE)
file(GLOB_RECURSE packed_goldens CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_LIST_DIR}
  ${CMAKE_CURRENT_LIST_DIR}/*.gz)
foreach(packed IN LISTS packed_goldens)
  set(source ${CMAKE_CURRENT_LIST_DIR}/${packed})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  string(REGEX REPLACE "\\.gz$" "" target ${MAYFLY_GOLDEN_UNPACKED_DIR}/${packed})
  # Also when the times are equal: IS_NEWER_THAN says yes then, and a file too many is harmless.
  if(EXISTS ${target} AND NOT ${source} IS_NEWER_THAN ${target})
    continue()
  endif()
  get_filename_component(folder ${target} DIRECTORY)
  file(MAKE_DIRECTORY ${folder})
  # Through a name of its own: several build folders may be configured at the same time.
  string(RANDOM LENGTH 8 suffix)
  execute_process(COMMAND ${MAYFLY_GZIP} -dc ${source} OUTPUT_FILE ${target}.${suffix}
    RESULT_VARIABLE result ERROR_VARIABLE message)
  if(NOT result EQUAL 0)
    file(REMOVE ${target}.${suffix})
    message(FATAL_ERROR "cannot unpack ${source}: ${message}")
  endif()
  file(RENAME ${target}.${suffix} ${target})
endforeach()
