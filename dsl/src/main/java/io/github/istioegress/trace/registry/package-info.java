/** What a proxy may see: services, routes, rules by visibility. */
@NullMarked
package io.github.istioegress.trace.registry;

import org.jspecify.annotations.NullMarked;
