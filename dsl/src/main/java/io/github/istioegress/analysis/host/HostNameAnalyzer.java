package io.github.istioegress.analysis.host;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryLocation;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.HostCode;
import io.github.istioegress.trace.envoy.Cidr;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * EGR601, EGR605 and EGR607: a host is no name that a resolver could look up, but a URL, a range or
 * an address.
 */
final class HostNameAnalyzer implements Analyzer {

  private static final Pattern LABEL =
      Pattern.compile("[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?");
  private static final int LONGEST = 253;

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (HostField field : HostField.of(context)) {
      String host = field.host();
      boolean written = field.place() == HostField.Place.ENTRY;
      if (Cidr.parse(host).isPresent()) {
        if (host.contains("/")) {
          out.accept(
              field
                  .manifest()
                  .finding(
                      HostCode.RANGE,
                      field.path(),
                      field.manifest().key(),
                      host,
                      "as host: no resolver looks it up, and no call names it",
                      "Put the range into addresses, and a name into hosts"));
        } else if (written) {
          out.accept(
              field
                  .manifest()
                  .finding(HostCode.ADDRESS_AS_HOST, field.path(), field.manifest().key(), host));
        }
      } else if (!field.isForeign()) {
        problem(field)
            .map(
                why ->
                    field
                        .manifest()
                        .finding(
                            HostCode.NO_NAME,
                            field.path(),
                            field.manifest().key(),
                            host,
                            why.split("\\|", 2)[0],
                            why.split("\\|", 2)[1]))
            .ifPresent(out);
      }
    }
  }

  /** What is wrong and what to do; empty where it is a name. */
  private static Optional<String> problem(HostField field) {
    String host = field.host();
    if (host.contains("://")) {
      return Optional.of("has a scheme|Write the host alone");
    }
    if (host.contains("/")) {
      return Optional.of("has a path|Write the host alone");
    }
    if (host.contains("@")) {
      return Optional.of("has a user part|Write the host alone");
    }
    if (host.contains(":")) {
      return Optional.of("has a port|Write the host alone, and the port into ports");
    }
    if (host.equals("*")) {
      return field.place() == HostField.Place.ENTRY
          ? Optional.of("stands for every host|Name the hosts, or a domain")
          : Optional.empty();
    }
    String plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (plain.length() > LONGEST) {
      return Optional.of("is longer than 253 characters|Check the name");
    }
    String[] labels = plain.split("\\.", -1);
    for (int i = 0; i < labels.length; i++) {
      boolean star = i == 0 && labels[i].equals("*") && labels.length > 1;
      if (!star && labels[i].contains("*")) {
        return Optional.of(
            "has a star that is not the whole first label|Write *.example.org for all names below example.org");
      }
      if (!star && !LABEL.matcher(labels[i]).matches()) {
        return Optional.of(
            "has the label '%s'|Write labels of 1 to 63 letters, digits and dashes"
                .formatted(labels[i]));
      }
    }
    return labels.length == 1 && isOutside(field)
        ? Optional.of("has no domain|Write the fully qualified name")
        : Optional.empty();
  }

  /** A name without a domain is one of the cluster, unless it is looked up for the outside. */
  private static boolean isOutside(HostField field) {
    return field.place() == HostField.Place.ENTRY
        && !field.host().equalsIgnoreCase("localhost")
        && field.manifest().spec() instanceof ServiceEntry entry
        && entry.getLocation() != ServiceEntryLocation.MESH_INTERNAL
        && entry.getWorkloadSelector() == null
        && entry.getEndpoints().isEmpty()
        && entry.getAddresses().isEmpty();
  }
}
