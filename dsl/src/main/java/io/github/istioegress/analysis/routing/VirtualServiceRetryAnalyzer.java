package io.github.istioegress.analysis.routing;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRetry;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Followed;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.trace.Hop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * EGR316: sidecar and gateway both try again, so that tries multiply, or the gateway gives up
 * before one try of the sidecar is over.
 */
final class VirtualServiceRetryAnalyzer implements Analyzer {

  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h)");

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Leg leg : context.legs()) {
      if (leg.http().isPresent() && leg.isOfMesh()) {
        context.traffic().by(leg).stream()
            .flatMap(call -> finding(leg, call).stream())
            .findFirst()
            .ifPresent(out);
      }
    }
  }

  private static Optional<Finding> finding(Leg leg, Followed call) {
    List<Hop> hops = call.trace().branches().get(0).hops();
    HTTPRetry retries = leg.http().get().getRetries();
    if (hops.size() < 2 || !Followed.isBy(hops.get(0), leg) || !hops.get(1).gateway()) {
      return Optional.empty();
    }
    int first = hops.get(0).retries().orElse(0);
    int second = hops.get(1).retries().orElse(0);
    if (first > 0 && second > 0) {
      return Optional.of(
          finding(
              leg,
              call,
              "both try again, %s and %s times".formatted(first, second),
              "one call may reach the host %s times".formatted((first + 1) * (second + 1)),
              "Say retries at one of the two, and attempts: 0 at the other"));
    }
    long oneTry = retries == null ? 0 : millis(retries.getPerTryTimeout());
    long atGateway = millis(hops.get(1).timeout());
    return oneTry > 0 && atGateway > 0 && atGateway < oneTry
        ? Optional.of(
            finding(
                leg,
                call,
                "the gateway gives up after " + hops.get(1).timeout(),
                "a try of the sidecar would have %s".formatted(retries.getPerTryTimeout()),
                "Give the gateway's route the longer timeout"))
        : Optional.empty();
  }

  private static Finding finding(Leg leg, Followed call, String what, String so, String remedy) {
    return leg.finding(
            RoutingCode.TRIES_MULTIPLY,
            leg.path() + ".retries",
            call.destination().host(),
            what,
            so,
            remedy)
        .tracedAs(call.line());
  }

  /** A duration as Istio writes it, {@code 1m30s}; 0 for none. */
  private static long millis(@Nullable String said) {
    Matcher matcher = PART.matcher(said == null ? "" : said);
    Duration sum = Duration.ZERO;
    while (matcher.find()) {
      double number = Double.parseDouble(matcher.group(1));
      double unit =
          switch (matcher.group(2)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 3_600_000;
          };
      sum = sum.plusMillis(Math.round(number * unit));
    }
    return sum.toMillis();
  }
}
