package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
)

func simulateCommand(args []string) (int, error) {
	flags := flag.NewFlagSet("simulate", flag.ContinueOnError)
	callsPath := flags.String("calls", "", "the calls file")
	policy := flags.String("outbound-traffic-policy", "", "REGISTRY_ONLY or ALLOW_ANY where the input has no mesh configuration")
	batch := flags.String("batch", "", "a folder of sets, each with its own calls.yaml")
	workers := flags.Int("workers", 0, "sets simulated at the same time")
	if err := flags.Parse(args); err != nil {
		return exitUsage, nil
	}
	if *batch != "" {
		return simulateBatch(*batch, *policy, *workers)
	}
	if *callsPath == "" || flags.NArg() == 0 {
		return exitUsage, fmt.Errorf("simulate needs --calls FILE and a folder")
	}
	calls, err := readCalls(*callsPath)
	if err != nil {
		return exitUsage, err
	}
	input, err := readSet(flags.Args()...)
	if err != nil {
		return exitUsage, err
	}
	answer := simulateSet(input, calls, *policy)
	if answer.Error != "" {
		return exitUsage, fmt.Errorf("%s", answer.Error)
	}
	return exitOK, writeJSON(os.Stdout, answer)
}

// simulateSet follows all calls of a set. Whatever goes wrong, a panic of Istio's code included, is the set's error.
func simulateSet(input *set, calls *callsFile, policy string) (answer report) {
	answer = report{IstioVersion: istioVersion(), Calls: []callReport{}}
	defer func() {
		if r := recover(); r != nil {
			answer.Calls, answer.Error = []callReport{}, fmt.Sprint("panic: ", r)
		}
	}()
	err := inWorld(input, calls, policy, func(w *world) error {
		for _, one := range calls.Calls {
			result, err := w.simulateCall(one)
			if err != nil {
				return err
			}
			answer.Calls = append(answer.Calls, result)
		}
		return nil
	})
	if err != nil {
		answer.Calls, answer.Error = []callReport{}, err.Error()
	}
	return answer
}

func writeJSON(file *os.File, value any) error {
	encoder := json.NewEncoder(file)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}
