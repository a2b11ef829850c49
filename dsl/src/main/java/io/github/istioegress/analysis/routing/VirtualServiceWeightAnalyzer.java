package io.github.istioegress.analysis.routing;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteDestination;
import io.fabric8.istio.api.api.networking.v1alpha3.RouteDestination;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.trace.registry.Metadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * EGR315: a destination stands twice in a route, has no weight beside others that have, or weights
 * that look like parts of a hundred miss it. Weights are shares of their sum, whatever it is.
 */
final class VirtualServiceWeightAnalyzer implements Analyzer {

  /** So far from a hundred a sum is a slip; further away it is a choice. */
  private static final int SLIP = 20;

  private record Share(@Nullable Destination to, @Nullable Integer weight) {
    int number() {
      return Metadata.number(weight);
    }
  }

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Leg leg : context.legs()) {
      List<Share> shares = shares(leg);
      if (shares.size() < 2) {
        continue;
      }
      Set<String> seen = new HashSet<>();
      int sum = shares.stream().mapToInt(Share::number).sum();
      for (int i = 0; i < shares.size(); i++) {
        String path = leg.path() + ".route[" + i + "]";
        if (!seen.add(String.valueOf(shares.get(i).to()))) {
          out.accept(
              finding(
                  leg,
                  path + ".destination",
                  shares,
                  "this one stands there twice",
                  "Say it once, with the sum of its weights"));
        } else if (shares.get(i).weight() == null && sum > 0) {
          out.accept(
              finding(
                  leg,
                  path,
                  shares,
                  "this one has no weight and gets no call",
                  "Give it a weight, or take it away"));
        }
      }
      if (sum != 100 && Math.abs(sum - 100) <= SLIP) {
        out.accept(
            finding(
                leg,
                leg.path() + ".route",
                shares,
                "the weights sum to %s, and each is a share of this sum".formatted(sum),
                "Let the weights sum to 100"));
      }
    }
  }

  private static Finding finding(
      Leg leg, String path, List<Share> shares, String what, String remedy) {
    return leg.finding(
        RoutingCode.ODD_WEIGHTS,
        path,
        leg.resource().key(),
        shares.size() + " destinations",
        what,
        remedy);
  }

  private static List<Share> shares(Leg leg) {
    List<Share> shares = new ArrayList<>();
    for (HTTPRouteDestination one :
        leg.http().map(route -> route.getRoute()).orElse(List.<HTTPRouteDestination>of())) {
      shares.add(new Share(one.getDestination(), one.getWeight()));
    }
    List<RouteDestination> bytes =
        leg.tls()
            .map(route -> route.getRoute())
            .or(() -> leg.tcp().map(route -> route.getRoute()))
            .orElse(List.of());
    bytes.forEach(one -> shares.add(new Share(one.getDestination(), one.getWeight())));
    return shares;
  }
}
