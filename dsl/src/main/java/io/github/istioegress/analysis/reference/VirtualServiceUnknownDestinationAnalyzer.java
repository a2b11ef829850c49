package io.github.istioegress.analysis.reference;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ReferenceCode;
import java.util.function.Consumer;

/**
 * EGR104, EGR107 and, for copies, EGR116: a route leads to a Service that is not there, where the
 * manifests show the Services of its namespace, or to an outside host that nobody declares.
 */
final class VirtualServiceUnknownDestinationAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Hosts hosts = new Hosts(context);
    for (Leg leg : context.legs()) {
      if (!leg.isOfGateway() && context.proxiesOf(leg).isEmpty()) {
        continue;
      }
      for (Leg.Target target : leg.targets()) {
        hosts
            .missing(target.host())
            .map(missing -> finding(leg, target, missing))
            .map(finding -> finding.tracedAs(target.mirror() ? "" : context.failing(leg)))
            .ifPresent(out);
      }
    }
  }

  private static Finding finding(Leg leg, Leg.Target target, Hosts.Missing missing) {
    ReferenceCode code =
        target.mirror()
            ? ReferenceCode.MIRROR_OR_DELEGATE_NOT_FOUND
            : missing.outside() && leg.isOfGateway()
                ? ReferenceCode.OUTSIDE_HOST_NOT_DECLARED
                : ReferenceCode.DESTINATION_NOT_FOUND;
    return leg.finding(
        code,
        target.path() + ".host",
        leg.resource().key(),
        target.mirror() ? "copies of calls to " + target.host() : target.host(),
        missing.why(),
        missing.remedy());
  }
}
