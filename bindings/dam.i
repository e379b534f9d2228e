// SWIG's view of include/dam.h: everything there, for every language, from one file.
//
// Here: what all languages share. What a language needs to pass arguments and errors is in its
// own typemap file, chosen by the names of parameters, which dam.h keeps uniform on purpose.
%module dam

%{
#include "dam.h"
%}

%include <stdint.i>

#if defined(SWIGJAVA)
%include "java/dam_java.i"
#elif defined(SWIGGO)
%include "go/dam_go.i"
#elif defined(SWIGJAVASCRIPT)
%include "node/dam_node.i"
#endif

// Why ignored: a table of function pointers, a sink called from any thread, and structs that hold
// functions are for C hosts.
%ignore dam_get_api;
%ignore dam_columns_export;
%ignore dam_set_log;

%include "dam.h"
