package main

import (
	"fmt"
	"os"
)

// addTally adds "PASSED FAILED" to a file that conformance/run sums up.
func addTally(file string, passed, failed int) error {
	if file == "" {
		return nil
	}
	out, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(out, passed, failed); err != nil {
		return err
	}
	return out.Close()
}
