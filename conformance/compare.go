package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// disagreement is one field on which the tracer and Istio differ.
type disagreement struct {
	set, call, field, ours, istios string
}

// comparison counts what was compared.
type comparison struct {
	sets          int // sets of which at least one call was compared, or that disagree as a whole
	calls, agree  int
	disagreements []disagreement
	notJudged     map[string]int  // reason to number of calls (or of sets, where a set could not be read)
	setsWithout   map[string]bool // agreement
}

func newComparison() *comparison {
	return &comparison{notJudged: map[string]int{}, setsWithout: map[string]bool{}}
}

func compareCommand(args []string) (int, error) {
	flags := flag.NewFlagSet("compare", flag.ContinueOnError)
	batch := flags.String("batch", "", "a folder of sets, each with flows.json and simulated.json")
	limit := flags.Int("limit", 40, "calls to print that disagree")
	tally := flags.String("tally", "", "a file to add the counts of sets to")
	if err := flags.Parse(args); err != nil {
		return exitUsage, nil
	}
	total := newComparison()
	switch {
	case *batch != "":
		names, err := subFolders(*batch)
		if err != nil {
			return exitUsage, err
		}
		for _, name := range names {
			folder := filepath.Join(*batch, name)
			if err := total.files(name, filepath.Join(folder, "flows.json"), filepath.Join(folder, "simulated.json")); err != nil {
				return exitUsage, err
			}
		}
	case flags.NArg() == 2:
		if err := total.files(flags.Arg(0), flags.Arg(0), flags.Arg(1)); err != nil {
			return exitUsage, err
		}
	default:
		return exitUsage, fmt.Errorf("compare needs --batch FOLDER, or FLOWS.json SIMULATED.json")
	}
	total.print(*limit)
	if err := addTally(*tally, total.sets-len(total.setsWithout), len(total.setsWithout)); err != nil {
		return exitUsage, err
	}
	if len(total.disagreements) > 0 {
		return exitFindings, nil
	}
	return exitOK, nil
}

// files compares one pair. A set without one of the two files is counted, never passed over in silence.
func (c *comparison) files(set, flowsPath, simulatedPath string) error {
	flows, err := readReport(flowsPath)
	if errors.Is(err, fs.ErrNotExist) {
		c.notJudged["no flows.json (the tracer wrote none)"]++
		return nil
	}
	if err != nil {
		return err
	}
	simulated, err := readReport(simulatedPath)
	if errors.Is(err, fs.ErrNotExist) {
		c.notJudged["no simulated.json"]++
		return nil
	}
	if err != nil {
		return err
	}
	before := c.calls
	c.reports(set, flows, simulated)
	if c.calls > before || c.setsWithout[set] {
		c.sets++
	}
	return nil
}

func readReport(path string) (*report, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	r := &report{}
	if err := json.Unmarshal(content, r); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}

func (c *comparison) reports(set string, ours, istios *report) {
	if istios.Error != "" {
		// Istio refuses the set: there is nothing to follow. Whether ours refused it too is a matter for `analyze`.
		c.notJudged["Istio cannot take the set: "+reason(istios.Error)]++
		return
	}
	if ours.Error != "" {
		c.disagreements = append(c.disagreements, disagreement{set, "(all)", "error", ours.Error, ""})
		c.setsWithout[set] = true
		return
	}
	if len(ours.Calls) != len(istios.Calls) {
		c.differ(set, "(all)", "number of calls", len(ours.Calls), len(istios.Calls))
		return
	}
	for i := range istios.Calls {
		c.oneCall(set, ours.Calls[i], istios.Calls[i])
	}
}

// reason shortens an error to what repeats over sets.
func reason(text string) string {
	if i := strings.Index(text, "refused by Istio's validation"); i >= 0 {
		return "refused by Istio's validation"
	}
	if i := strings.Index(text, ": "); i >= 0 {
		text = text[i+2:]
	}
	if len(text) > 100 {
		text = text[:100]
	}
	return text
}

// unknownShare finds what a report does not know: the call as a whole, or a share of it.
func unknownShare(report callReport) (string, bool) {
	if report.Outcome == undetermined {
		return report.Detail, true
	}
	for _, branch := range report.Branches {
		if branch.Outcome == undetermined {
			return branch.Detail, true
		}
	}
	return "", false
}

func (c *comparison) oneCall(set string, ours, istios callReport) {
	name := fmt.Sprintf("%s from %s", istios.To, istios.From.Namespace)
	if detail, unknown := unknownShare(istios); unknown {
		c.notJudged["the simulation does not know: "+reason(detail)]++
		return
	}
	if detail, unknown := unknownShare(ours); unknown {
		c.notJudged["the tracer says UNDETERMINED: "+reason(detail)]++
		return
	}
	if droppedByNetwork(ours) {
		c.untilDropped(set, name, ours, istios)
		return
	}
	c.calls++
	before := len(c.disagreements)
	c.differ(set, name, "outcome", ours.Outcome, istios.Outcome)
	c.differ(set, name, "path", ours.Path, istios.Path)
	c.differ(set, name, "number of branches", len(ours.Branches), len(istios.Branches))
	for i := 0; i < min(len(ours.Branches), len(istios.Branches)); i++ {
		at := fmt.Sprintf("branches[%d].", i)
		a, b := ours.Branches[i], istios.Branches[i]
		c.differ(set, name, at+"weight", a.Weight, b.Weight)
		c.differ(set, name, at+"outcome", a.Outcome, b.Outcome)
		if ours, istios := leavesTo(a.Detail), leavesTo(b.Detail); ours != "" && istios != "" {
			c.differ(set, name, at+"destination", ours, istios)
		}
		c.differ(set, name, at+"number of hops", len(a.Hops), len(b.Hops))
		for j := 0; j < min(len(a.Hops), len(b.Hops)); j++ {
			c.hop(set, name, fmt.Sprintf("%shops[%d].", at, j), a.Hops[j], b.Hops[j])
		}
	}
	if len(c.disagreements) == before {
		c.agree++
		return
	}
	// What each says in words helps to see why.
	c.disagreements[before].ours += said(ours.Detail)
	c.disagreements[before].istios += said(istios.Detail)
}

// droppedByNetwork finds a connection that a NetworkPolicy drops, as the tracer says: the network does it, so Istio's
// configuration knows nothing of it.
func droppedByNetwork(report callReport) bool {
	for _, branch := range report.Branches {
		if branch.Outcome == denied && strings.HasPrefix(branch.Detail, "NetworkPolicy ") {
			return true
		}
	}
	return false
}

// untilDropped compares the proxies that a call passes before a NetworkPolicy drops it.
func (c *comparison) untilDropped(set, name string, ours, istios callReport) {
	before := len(c.disagreements)
	c.differ(set, name, "number of branches", len(ours.Branches), len(istios.Branches))
	for i := 0; i < min(len(ours.Branches), len(istios.Branches)); i++ {
		a, b := ours.Branches[i].Hops, istios.Branches[i].Hops
		if len(a) > len(b) {
			c.differ(set, name, fmt.Sprintf("branches[%d].number of hops", i), len(a), len(b))
		}
		for j := 0; j < min(len(a), len(b)); j++ {
			c.hop(set, name, fmt.Sprintf("branches[%d].hops[%d].", i, j), a[j], b[j])
		}
	}
	if len(c.disagreements) == before {
		c.notJudged["whether a NetworkPolicy drops the connection (the hops until then agree)"]++
		return
	}
	c.calls++
}

// leavesTo is what a way ends at, as both write it; empty where one says it otherwise.
func leavesTo(detail string) string {
	destination, found := strings.CutPrefix(detail, "leaves to ")
	if !found || !strings.Contains(destination, ":") {
		return ""
	}
	return destination
}

func said(detail string) string {
	if detail == "" {
		return ""
	}
	return " (" + detail + ")"
}

func (c *comparison) hop(set, call, at string, a, b hopReport) {
	c.differ(set, call, at+"proxy", a.Proxy, b.Proxy)
	c.differ(set, call, at+"listener", a.Listener, b.Listener)
	c.differ(set, call, at+"filter", a.Filter, b.Filter)
	c.differ(set, call, at+"virtualHost", a.VirtualHost, b.VirtualHost)
	c.differ(set, call, at+"cluster", a.Cluster, b.Cluster)
	c.differ(set, call, at+"host", a.Host, b.Host)
	c.differ(set, call, at+"port", a.Port, b.Port)
	c.differ(set, call, at+"subset", a.Subset, b.Subset)
	c.differ(set, call, at+"discovery", a.Discovery, b.Discovery)
	c.differ(set, call, at+"authority", a.Authority, b.Authority)
	c.differ(set, call, at+"tunnel", a.Tunnel, b.Tunnel)
	c.differ(set, call, at+"upstreamTLS.mode", a.UpstreamTLS.Mode, b.UpstreamTLS.Mode)
	c.differ(set, call, at+"upstreamTLS.sni", a.UpstreamTLS.SNI, b.UpstreamTLS.SNI)
	c.differ(set, call, at+"number of mirrors", len(a.Mirrors), len(b.Mirrors))
	for i := 0; i < min(len(a.Mirrors), len(b.Mirrors)); i++ {
		c.mirror(set, call, fmt.Sprintf("%smirrors[%d].", at, i), a.Mirrors[i], b.Mirrors[i])
	}
}

func (c *comparison) mirror(set, call, at string, a, b mirrorReport) {
	c.differ(set, call, at+"cluster", a.Cluster, b.Cluster)
	c.differ(set, call, at+"percent", a.Percent, b.Percent)
	c.differ(set, call, at+"authority", a.Authority, b.Authority)
	if a.Discovery == undetermined {
		c.notJudged["what a mirror's cluster is, of which the tracer says UNDETERMINED (the call is compared)"]++
		return
	}
	c.differ(set, call, at+"discovery", a.Discovery, b.Discovery)
	c.differ(set, call, at+"sent", a.Sent, b.Sent)
	c.differ(set, call, at+"upstreamTLS.mode", a.UpstreamTLS.Mode, b.UpstreamTLS.Mode)
	c.differ(set, call, at+"upstreamTLS.sni", a.UpstreamTLS.SNI, b.UpstreamTLS.SNI)
}

func (c *comparison) differ(set, call, field string, ours, istios any) {
	if ours == istios {
		return
	}
	c.disagreements = append(c.disagreements, disagreement{set, call, field, fmt.Sprint(ours), fmt.Sprint(istios)})
	c.setsWithout[set] = true
}

func (c *comparison) print(limit int) {
	printed, last := 0, ""
	for _, d := range c.disagreements {
		if key := d.set + " " + d.call; key != last {
			if printed == limit {
				fmt.Println("... (more with --limit)")
				break
			}
			last = key
			printed++
			fmt.Printf("%s: %s\n", d.set, d.call)
		}
		fmt.Printf("    %-38s ours %q\n    %-38s Istio %q\n", d.field, d.ours, "", d.istios)
	}
	fields := map[string]int{}
	for _, d := range c.disagreements {
		fields[d.field]++
	}
	for _, field := range byCount(fields) {
		fmt.Printf("disagree: %d × %s\n", fields[field], field)
	}
	for _, reason := range byCount(c.notJudged) {
		fmt.Printf("not judged: %d × %s\n", c.notJudged[reason], reason)
	}
	fmt.Printf("compared %d calls in %d sets: %d agree, %d disagree (in %d sets)\n",
		c.calls, c.sets, c.agree, c.calls-c.agree, len(c.setsWithout))
}

func byCount(counts map[string]int) []string {
	keys := make([]string, 0, len(counts))
	for key := range counts {
		keys = append(keys, key)
	}
	sort.Slice(keys, func(i, j int) bool {
		if counts[keys[i]] != counts[keys[j]] {
			return counts[keys[i]] > counts[keys[j]]
		}
		return keys[i] < keys[j]
	})
	return keys
}
