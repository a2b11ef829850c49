package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"
)

// envoyCommand runs the configuration that Istio generates for a set in stock Envoys on loopback, does each call, and
// holds what the Envoys log against what the trace claims.
func envoyCommand(args []string) (int, error) {
	flags := flag.NewFlagSet("envoy", flag.ContinueOnError)
	callsPath := flags.String("calls", "", "the calls file")
	binary := flags.String("envoy", "", "a stock Envoy")
	trace := flags.String("trace", "", "the trace to hold against; Istio's simulation where absent")
	policy := flags.String("outbound-traffic-policy", "", "where the input has no mesh configuration")
	tally := flags.String("tally", "", "a file to add the counts to")
	keep := flags.String("keep", "", "a folder for bootstraps and logs, to look at afterwards")
	if err := flags.Parse(args); err != nil || *callsPath == "" || *binary == "" || flags.NArg() == 0 {
		return exitUsage, fmt.Errorf("envoy needs --calls FILE, --envoy BINARY and a folder")
	}
	calls, err := readCalls(*callsPath)
	if err != nil {
		return exitUsage, err
	}
	input, err := readSet(flags.Args()...)
	if err != nil {
		return exitUsage, err
	}
	var claimed *report
	if *trace != "" {
		if claimed, err = readReport(*trace); err != nil {
			return exitUsage, err
		}
	}
	run := &envoyRun{binary: *binary, folder: *keep}
	err = inWorld(input, calls, *policy, func(w *world) error { return run.world(w, calls, claimed) })
	if err != nil {
		return exitUsage, err
	}
	for _, reason := range byCount(run.notRun) {
		fmt.Printf("not run: %d × %s\n", run.notRun[reason], reason)
	}
	fmt.Printf("Envoy: %d calls as claimed, %d otherwise\n", run.passed, run.failed)
	if err := addTally(*tally, run.passed, run.failed); err != nil {
		return exitUsage, err
	}
	if run.failed > 0 {
		return exitFindings, nil
	}
	return exitOK, nil
}

// envoyRun is one set in Envoys.
type envoyRun struct {
	binary, folder string
	passed, failed int
	notRun         map[string]int
	outside        *outside
	sidecars       map[*proxy]*runningEnvoy
	quiet          time.Duration // for which nothing may be logged before the next call
	mu             sync.Mutex    // of all, while Envoys are being started
	all            []*runningEnvoy
}

func (r *envoyRun) world(w *world, calls *callsFile, claimed *report) error {
	r.notRun, r.sidecars = map[string]int{}, map[*proxy]*runningEnvoy{}
	simulated := report{}
	for _, one := range calls.Calls {
		answer, err := w.simulateCall(one)
		if err != nil {
			return err
		}
		simulated.Calls = append(simulated.Calls, answer)
	}
	if claimed == nil {
		claimed = &simulated
	}
	if len(claimed.Calls) != len(calls.Calls) {
		return fmt.Errorf("the trace has %d calls, the calls file %d", len(claimed.Calls), len(calls.Calls))
	}
	if r.folder == "" {
		folder, err := os.MkdirTemp("", "conformance-envoy-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(folder)
		r.folder = folder
	}
	r.quiet = shortQuiet
	defer r.stop()
	defer r.stopOnSignal()()
	if err := r.start(w, calls); err != nil {
		return err
	}
	for i, one := range calls.Calls {
		if one.From.pastSidecar() {
			r.notRun["the caller's packet rules may lead it past its sidecar, and loopback has none"]++
			continue
		}
		if meshTLSOutside(simulated.Calls[i]) {
			r.notRun["mesh mutual TLS leaves the mesh; the stand-in has no mesh certificate"]++
			continue
		}
		if w.isAmbient(one.From) {
			r.notRun["comes by ztunnel, which is no Envoy"]++
			continue
		}
		r.call(w, one, withSessions(claimed.Calls[i], simulated.Calls[i]))
	}
	return nil
}

// withSessions adds to a trace what only the simulation follows: every TLS session around the bytes.
func withSessions(claimed, simulated callReport) callReport {
	for i := range claimed.Branches {
		if len(claimed.Branches) == len(simulated.Branches) {
			claimed.Branches[i].sessions = simulated.Branches[i].sessions
			claimed.Branches[i].host = simulated.Branches[i].host
			for j := range min(len(claimed.Branches[i].Hops), len(simulated.Branches[i].Hops)) {
				ours, istios := claimed.Branches[i].Hops[j].Mirrors, simulated.Branches[i].Hops[j].Mirrors
				for k := range min(len(ours), len(istios)) {
					ours[k].destination = istios[k].destination
				}
			}
		}
	}
	return claimed
}

func meshTLSOutside(c callReport) bool {
	for _, branch := range c.Branches {
		if branch.meshTLSOutside {
			return true
		}
	}
	return false
}

// reasonNotToRun names calls that loopback cannot show.
func reasonNotToRun(c callReport) string {
	if droppedByNetwork(c) {
		return "a NetworkPolicy drops it, and loopback has none"
	}
	for _, branch := range c.Branches {
		if branch.Outcome == inMesh {
			return "ends at a workload of the mesh, for which there is no stand-in"
		}
		if branch.Outcome == undetermined {
			return "the trace says UNDETERMINED"
		}
		for _, hop := range branch.Hops {
			if hop.Discovery == "DYNAMIC_DNS" {
				return "asks a real resolver (DYNAMIC_DNS)"
			}
		}
	}
	return ""
}

// call does one call, as often as its weighted branches need, and compares.
func (r *envoyRun) call(w *world, c call, claimed callReport) {
	if reason := reasonNotToRun(claimed); reason != "" {
		r.notRun[reason]++
		return
	}
	t, err := parseTarget(c.To)
	if err != nil {
		r.failed++
		return
	}
	derived := claimed
	if derived.summarize(); derived.Path != claimed.Path {
		r.failed++
		fmt.Printf("OTHERWISE %s from %s: the trace says path %q, its own hops say %q\n", t, c.From.Namespace, claimed.Path, derived.Path)
		return
	}
	sidecar := r.sidecars[w.sidecar(c.From)]
	attempts := 1
	missing := map[string]bool{}
	for _, branch := range claimed.Branches {
		for _, mirror := range branch.copies() {
			// Smaller shares need more calls than anybody wants to wait for.
			if mirror.Percent >= 5 {
				missing[mirror.destination] = true
			}
		}
	}
	if len(claimed.Branches) > 1 || len(missing) > 0 {
		attempts = 80
	}
	seen := map[int]bool{}
	for range attempts {
		branches, visits, problem := r.once(sidecar, w.resolve(c, t), t, c, claimed)
		if problem != "" {
			r.failed++
			fmt.Printf("OTHERWISE %s from %s: %s\n", t, c.From.Namespace, problem)
			return
		}
		for _, branch := range branches {
			seen[branch] = true
		}
		for _, visit := range visits {
			delete(missing, visit.destination)
		}
		if len(seen) == len(claimed.Branches) && len(missing) == 0 {
			break
		}
	}
	if len(seen) < len(claimed.Branches) {
		r.failed++
		fmt.Printf("OTHERWISE %s from %s: only %d of %d weighted destinations were taken in %d calls\n",
			t, c.From.Namespace, len(seen), len(claimed.Branches), attempts)
		return
	}
	if len(missing) > 0 {
		r.failed++
		fmt.Printf("OTHERWISE %s from %s: no copy reached %s in %d calls\n", t, c.From.Namespace, strings.Join(sortedKeys(missing), ", "), attempts)
		return
	}
	r.passed++
	for _, branch := range claimed.Branches {
		if branch.Outcome == loop {
			r.quiet = quietAfterLoop
		}
		fmt.Printf("as claimed %s from %s: %s\n", t, c.From.Namespace, way(branch))
	}
}

// way writes a branch as the Envoys saw it.
func way(branch branchReport) string {
	var steps []string
	for _, hop := range branch.Hops {
		steps = append(steps, hop.Proxy)
	}
	if leaves(branch.Outcome) {
		return strings.Join(append(steps, "outside"), " -> ")
	}
	return strings.Join(steps, " -> ") + " -> " + branch.Outcome
}

// settle waits until the Envoys log nothing more of the calls before (a retry's second line, the ends of a loop).
func (r *envoyRun) settle() {
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); {
		r.outside.take()
		for _, e := range r.all {
			e.mark()
		}
		time.Sleep(r.quiet)
		lines := 0
		for _, e := range r.all {
			lines += len(e.newLines())
		}
		if lines == 0 {
			break
		}
	}
	r.quiet = shortQuiet
}

const (
	shortQuiet = 60 * time.Millisecond
	// A loop goes on between the gateway's connections for a while after the caller has gone.
	quietAfterLoop = 500 * time.Millisecond
)

// once does the call a single time and gives the branches that it may have taken, and what reached the outside.
func (r *envoyRun) once(sidecar *runningEnvoy, address string, t target, c call, claimed callReport) ([]int, []visit, string) {
	r.settle()
	answer := dial(sidecar.address, address, t, c, r.outside.authority)
	observed := observation{answer: answer, call: c, target: t}
	var problems []string
	// The logs come a little later than the answer; a refusal that must leave no trace gets the same time.
	deadline := time.Now().Add(3 * time.Second)
	for {
		observed.visits = append(observed.visits, r.outside.take()...)
		observed.lines = map[string][]logged{}
		for _, e := range r.all {
			observed.lines[e.name] = append(observed.lines[e.name], e.newLines()...)
		}
		problems = nil
		var taken []int
		for i, branch := range claimed.Branches {
			if problem := observed.differs(branch); problem != "" {
				problems = append(problems, problem)
			} else {
				taken = append(taken, i)
			}
		}
		if len(taken) > 0 {
			return taken, observed.visits, ""
		}
		if time.Now().After(deadline) {
			return nil, nil, strings.Join(problems, "; or ") + "\n    seen: " + observed.String()
		}
		time.Sleep(20 * time.Millisecond)
	}
}
