package dam

import (
	"strconv"
	"strings"
	"unsafe"

	"libdam.org/dam/internal/native"
)

// Score is a score or an evaluation of a document: a value, what it came from, its operands.
type Score struct {
	Value       float64
	OpName      string
	Description string
	RefID       string
	Operands    []Score
}

// ScoresOf are the scores or the evaluations by their names; none is no error.
func (d *Document) ScoresOf(field Field) (map[string]Score, error) {
	all := map[string]Score{}
	err := d.ask("ScoresOf", func(handle uintptr) error {
		var count int64
		err := native.Dam_document_count(handle, int32(field), &count)
		if isCode(err, native.DAM_NOT_FOUND) {
			return nil
		}
		for i := int64(0); err == nil && i < count; i++ {
			err = readScore(handle, int32(field), i, all)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

func readScore(handle uintptr, field int32, position int64, all map[string]Score) error {
	var memory unsafe.Pointer
	var size int64
	err := native.Dam_document_score_name(handle, field, position, &memory, &size)
	if err != nil {
		return err
	}
	name := string(native.LentBytes(memory, size))
	all[name], err = scoreAt(handle, field, escaped(name))
	return err
}

func scoreAt(handle uintptr, field int32, path string) (Score, error) {
	var score Score
	var count int64
	err := native.Dam_document_score(handle, field, path, &score.Value, &count)
	for i := int64(0); err == nil && i < count; i++ {
		var operand Score
		operand, err = scoreAt(handle, field, below(path, strconv.FormatInt(i, 10)))
		score.Operands = append(score.Operands, operand)
	}
	for part, text := range score.strings() {
		if err == nil {
			*text, err = scoreString(handle, field, path, part)
		}
	}
	return score, err
}

// strings are the texts of a score by their numbers in dam.h.
func (s *Score) strings() map[int32]*string {
	return map[int32]*string{
		int32(native.DAM_SCORE_OP_NAME):     &s.OpName,
		int32(native.DAM_SCORE_DESCRIPTION): &s.Description,
		int32(native.DAM_SCORE_REF_ID):      &s.RefID,
	}
}

func scoreString(handle uintptr, field int32, path string, part int32) (string, error) {
	var memory unsafe.Pointer
	var size int64
	err := native.Dam_document_score_string(handle, field, path, part, &memory, &size)
	if isCode(err, native.DAM_NOT_FOUND) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return string(native.LentBytes(memory, size)), nil
}

var pathEscapes = strings.NewReplacer(`\`, `\\`, `.`, `\.`)

// escaped is a key as one step of a dotted path.
func escaped(key string) string { return pathEscapes.Replace(key) }

// below is the path of an element of what lies at another path, which may be empty.
func below(path, step string) string {
	if path == "" {
		return step
	}
	return path + "." + step
}
