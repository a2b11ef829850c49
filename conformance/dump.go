package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"sort"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// configCommand prints the configuration of every proxy that the calls touch, to look a disagreement up in.
func configCommand(args []string) (int, error) {
	flags := flag.NewFlagSet("config", flag.ContinueOnError)
	callsPath := flags.String("calls", "", "the calls file")
	policy := flags.String("outbound-traffic-policy", "", "where the input has no mesh configuration")
	if err := flags.Parse(args); err != nil || *callsPath == "" || flags.NArg() == 0 {
		return exitUsage, fmt.Errorf("config needs --calls FILE and a folder")
	}
	calls, err := readCalls(*callsPath)
	if err != nil {
		return exitUsage, err
	}
	input, err := readSet(flags.Args()...)
	if err != nil {
		return exitUsage, err
	}
	err = inWorld(input, calls, *policy, func(w *world) error {
		for _, one := range calls.Calls {
			if _, err := w.simulateCall(one); err != nil {
				return err
			}
		}
		dump := map[string]map[string][]json.RawMessage{}
		for key, p := range w.proxies {
			sections := map[string][]json.RawMessage{}
			put := func(section string, message proto.Message) {
				js, err := protojson.Marshal(message)
				if err != nil {
					js, _ = json.Marshal(err.Error())
				}
				sections[section] = append(sections[section], js)
			}
			for _, l := range p.listeners {
				put("listeners", l)
			}
			for _, name := range sortedKeys(p.clusters) {
				put("clusters", p.clusters[name])
			}
			for _, name := range sortedKeys(p.routes) {
				put("routes", p.routes[name])
			}
			for _, name := range sortedKeys(p.endpoints) {
				put("endpoints", p.endpoints[name])
			}
			dump[key] = sections
		}
		return writeJSON(os.Stdout, dump)
	})
	if err != nil {
		return exitUsage, err
	}
	return exitOK, nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
