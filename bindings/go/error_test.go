package dam

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

func TestEveryCodeOfTheHeaderHasItsNameAndNumber(t *testing.T) {
	codes := []Code{ErrNotFound, ErrAlreadyExists, ErrConflict, ErrInvalidArgument,
		ErrInvalidDocument, ErrOutOfRange, ErrReadOnly, ErrBusy, ErrNoSpace, ErrIO, ErrCorrupt,
		ErrUnsupported, ErrPoisoned, ErrClosed, ErrForked, ErrTooBig, ErrNoMemory, ErrCancelled,
		ErrInternal}
	names := map[string]bool{}
	for i, code := range codes {
		equals(t, code, Code(-1-i))
		names[code.Error()] = true
	}
	file, err := os.Open(os.Getenv("DAM_HEADER"))
	succeeds(t, err)
	defer file.Close()
	status := regexp.MustCompile(`^#define DAM_([A-Z_]+) -(\d+)$`)
	found := 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if match := status.FindStringSubmatch(lines.Text()); match != nil {
			number, _ := strconv.Atoi(match[2])
			equals(t, codes[number-1].Error(), match[1])
			found++
		}
	}
	equals(t, found, len(codes))
	equals(t, len(names), len(codes))
	equals(t, Code(5).Error(), "UNKNOWN")
}

func TestAnErrorHasCodeOperationAndText(t *testing.T) {
	array := birds(t, 1)
	_, err := array.Append(bird(t, "bird0"))
	var failure *Error
	equals(t, errors.As(err, &failure), true)
	equals(t, failure.Code, ErrAlreadyExists)
	equals(t, failure.Op, "Append")
	equals(t, failure.Message != "", true)
	equals(t, failure.Error(), "dam: Append: ALREADY_EXISTS: "+failure.Message)
	equals(t, errors.Is(err, ErrNotFound), false)
}

func TestMereAbsenceHasNoText(t *testing.T) {
	_, err := birds(t, 1).Get("dodo")
	equals(t, err.Error(), "dam: Get: NOT_FOUND")
}

func TestAPathWithANULIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a") + "\x00b"
	_, err := Open(path)
	fails(t, err, ErrInvalidArgument)
	_, err = Verify(t.Context(), path)
	fails(t, err, ErrInvalidArgument)
	_, err = Open("")
	equals(t, err != nil, true)
}

func TestTheVersionIsThatOfTheLibrary(t *testing.T) {
	equals(t, regexp.MustCompile(`^\d+\.\d+\.\d+$`).MatchString(Version()), true)
}
