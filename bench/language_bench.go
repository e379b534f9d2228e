// language_bench ARRAY SCRATCH GETS EXTENDS ROUNDS: what bench_languages.cc measures, in Go.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"strconv"
	"time"

	"libdam.org/dam"
)

const batch = 1000

type bench struct {
	array                 *dam.Array
	scratch               string
	gets, extends, rounds int
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func digestOf(document *dam.Document) uint64 {
	bytes := document.Bytes()
	return uint64(len(bytes))*31 + uint64(bytes[len(bytes)/2])
}

// measure prints the rounds but the first, which is to warm up.
func (b *bench) measure(workload string, run func() (took time.Duration, count, digest uint64)) {
	for round := range b.rounds + 1 {
		took, count, digest := run()
		if round > 0 {
			fmt.Printf(`{"workload":"%s","subject":"Go","unit":"ns","value":%.6g,`+
				`"operations":%d,"digest":"%016x"}`+"\n",
				workload, float64(took.Nanoseconds())/float64(count), count, digest)
		}
	}
}

func (b *bench) questions() []string {
	ids := must(b.array.IDs(0, must(b.array.Len())))
	asked := make([]string, b.gets)
	state := uint32(1)
	for i := range asked {
		state = (state*1103515245 + 12345) & 0x7fffffff
		asked[i] = ids[int(state>>8)%len(ids)]
	}
	return asked
}

func (b *bench) getCopied() {
	ids := b.questions()
	b.measure("get_copied", func() (took time.Duration, count, digest uint64) {
		begin := time.Now()
		for _, id := range ids {
			digest += digestOf(must(b.array.Get(id)))
		}
		return time.Since(begin), uint64(len(ids)), digest
	})
}

func (b *bench) iterate() {
	b.measure("iterate", func() (took time.Duration, count, digest uint64) {
		begin := time.Now()
		for document, err := range b.array.All(context.Background()) {
			digest += digestOf(must(document, err))
			count++
		}
		return time.Since(begin), count, digest
	})
}

func (b *bench) extend() {
	documents := must(b.array.Slice(0, int64(b.extends), 1))
	b.measure("extend", func() (took time.Duration, count, digest uint64) {
		target := must(dam.Open(b.scratch))
		begin := time.Now()
		for at := 0; at < len(documents); at += batch {
			must(target.Extend(documents[at:min(at+batch, len(documents))]))
		}
		took = time.Since(begin)
		count = uint64(must(target.Len()))
		must(0, target.Close())
		must(0, os.RemoveAll(b.scratch))
		return took, count, count
	})
}

func main() {
	numbers := []int{}
	for _, text := range os.Args[3:] {
		numbers = append(numbers, must(strconv.Atoi(text)))
	}
	array := must(dam.Open(os.Args[1], dam.ReadOnly()))
	defer array.Close()
	all := bench{array, os.Args[2], numbers[0], numbers[1], numbers[2]}
	all.getCopied()
	all.iterate()
	all.extend()
}
