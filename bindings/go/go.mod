module libdam.org/dam

go 1.24
