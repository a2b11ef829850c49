package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

// subFolders lists the sets of a batch.
func subFolders(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		if entry.IsDir() {
			names = append(names, entry.Name())
		}
	}
	sort.Strings(names)
	return names, nil
}

// simulateBatch judges every sub-folder as a set of its own and writes simulated.json into it.
func simulateBatch(folder, policy string, workers int) (int, error) {
	names, err := subFolders(folder)
	if err != nil {
		return exitUsage, err
	}
	if workers <= 0 {
		// Building a mesh waits for caches a good part of its time, so more sets than cores are under way.
		workers = runtime.GOMAXPROCS(0) * 3
	}
	// The heap is small and the garbage is much: collecting less often is worth a few hundred megabytes.
	debug.SetGCPercent(400)
	start := time.Now()
	work := make(chan string)
	var failed atomic.Int64
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for name := range work {
				if err := simulateFolder(filepath.Join(folder, name), policy); err != nil {
					failed.Add(1)
					fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
				}
			}
		})
	}
	for i, name := range names {
		work <- name
		if i > 0 && i%500 == 0 {
			fmt.Fprintf(os.Stderr, "%d of %d sets, %.0f s, %d goroutines, %d MiB\n",
				i, len(names), time.Since(start).Seconds(), runtime.NumGoroutine(), heapMiB())
		}
	}
	close(work)
	group.Wait()
	fmt.Printf("simulated %d sets in %.1f s, %d could not be judged\n", len(names), time.Since(start).Seconds(), failed.Load())
	return exitOK, nil
}

func heapMiB() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc >> 20
}

// simulateFolder writes one set's simulated.json; a set that cannot be judged gets its error there.
func simulateFolder(folder, policy string) error {
	answer := report{IstioVersion: istioVersion(), Calls: []callReport{}}
	calls, err := readCalls(filepath.Join(folder, "calls.yaml"))
	if err == nil {
		var input *set
		if input, err = readSet(folder); err == nil {
			answer = simulateSet(input, calls, policy)
		}
	}
	if err != nil {
		answer.Error = err.Error()
	}
	file, err := os.Create(filepath.Join(folder, "simulated.json"))
	if err != nil {
		return err
	}
	if err := writeJSON(file, answer); err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	if answer.Error != "" {
		return fmt.Errorf("%s", answer.Error)
	}
	return nil
}
