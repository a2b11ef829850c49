/** How fast a fleet of tenants is read and traced. */
@NullMarked
package io.github.istioegress.benchmark;

import org.jspecify.annotations.NullMarked;
