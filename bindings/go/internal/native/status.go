//go:build cgo

package native

import (
	"fmt"
	"strconv"
	"strings"
)

// Status is what a call answered that did not succeed: a code of dam.h and the text of it, which
// is empty for mere absence.
type Status struct {
	Code int
	Text string
}

func (s *Status) Error() string {
	return fmt.Sprintf("%s: %s", Dam_status_name(int32(s.Code)), s.Text)
}

// statusError takes apart what dam_go_status made in C, and frees it. Empty: no error.
func statusError(packed string) error {
	switch len(packed) {
	case 0:
		return nil
	case 1:
		return &Status{Code: DAM_NO_MEMORY}
	}
	number, text, _ := strings.Cut(swigCopyString(packed), ":")
	code, err := strconv.Atoi(number)
	if err != nil {
		return &Status{Code: DAM_INTERNAL, Text: "a status that is no number: " + number}
	}
	return &Status{Code: code, Text: text}
}
