// relay DIRECTORY: reads a whole array, adds two documents as one commit, and reads it again; each
// time prints how many documents there are and a digest of all. examples/relay.c says of what.
package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"log"
	"os"

	"libdam.org/dam"
)

func show(array *dam.Array, label string) error {
	digest := fnv.New64a()
	count := 0
	for document, err := range array.All(context.Background()) {
		if err != nil {
			return err
		}
		id, err := document.ID()
		if err != nil {
			return err
		}
		hash, err := document.Hash()
		if err != nil {
			return err
		}
		digest.Write(binary.LittleEndian.AppendUint64([]byte(id), uint64(hash)))
		count++
	}
	fmt.Printf("%s %d %016x\n", label, count, digest.Sum64())
	return nil
}

func relay(path string) error {
	array, err := dam.Open(path)
	if err != nil {
		return err
	}
	defer array.Close()
	if err := show(array, "before"); err != nil {
		return err
	}
	var documents []*dam.Document
	for number := 1; number <= 2; number++ {
		document, err := dam.NewBuilder().ID(fmt.Sprintf("go-%d", number)).Text("added by Go").
			Tags(map[string]any{"number": number, "half": float64(number) / 2}).Build()
		if err != nil {
			return err
		}
		documents = append(documents, document)
	}
	if _, err := array.Extend(documents, dam.Upsert, dam.Durable); err != nil {
		return err
	}
	return show(array, "after")
}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: relay DIRECTORY")
	}
	if err := relay(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}
