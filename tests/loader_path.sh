#!/bin/sh
# After `make install`: tells the loader of the new library, or says what a program needs to find it.
# Usage: tests/loader_path.sh LIBDIR LIBRARY
[ "$(id -u)" -ne 0 ] || PATH=$PATH:/sbin:/usr/sbin ldconfig 2>/dev/null
case $(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null) in
*"=> $1/$2"*) ;;
*)
  echo "The loader does not look into $1. Programs find $2 there with"
  echo "  cc program.c \$(PKG_CONFIG_PATH=$1/pkgconfig pkg-config --cflags --libs stance) -Wl,-rpath,$1"
  echo "or when run with LD_LIBRARY_PATH=$1"
  ;;
esac
