/* The algorithm of core/compiled in C, on the layout of core/examples.py: what the compiled kernel is measured against.
 * gcc -O3 -march=native -fopenmp-simd -fno-math-errno -fno-trapping-math -shared -fPIC */
#include <math.h>
#include <stdint.h>

#define BLOCK 512
#define LANES 8
#define FEW 32

static inline double exp_negative(double a) {
    double x = -a;
    x = x < -708.0 ? -708.0 : x;
    double k = rint(x * 1.4426950408889634);
    double r = (x - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10;
    double p = 2.5110049204818658e-08;
    p = p * r + 2.763265472252779e-07;
    p = p * r + 2.755724088722987e-06;
    p = p * r + 2.4801485441561313e-05;
    p = p * r + 0.00019841269890076403;
    p = p * r + 0.0013888888952352863;
    p = p * r + 0.008333333333319589;
    p = p * r + 0.04166666666648795;
    p = p * r + 0.1666666666666668;
    p = p * r + 0.5000000000000019;
    p = p * r + 1.0;
    p = p * r + 1.0;
    union { double f; int64_t i; } u = {.f = p};
    u.i += (int64_t)k << 52;
    return u.f;
}

/* Of one example: its error f - y, its t = e^-|z| and the rest of its loss, each weighed. */
#define EXAMPLE(z, i)                                                    \
    double t = exp_negative(fabs(z));                                    \
    double error = ((z >= 0.0 ? 1.0 : t) / (1.0 + t) - y[i]) * share[i]; \
    loss += ((z > 0.0 ? z : 0.0) - y[i] * z) * share[i];                 \
    product *= 1.0 + t * real[i];                                        \
    db += error;

static double two(int64_t size, const double *restrict x1, const double *restrict x2, const double *restrict y,
                  const double *restrict share, const double *restrict real, double w1, double w2, double b, double *restrict sums) {
    double loss = 0, product = 1, db = 0, g1 = 0, g2 = 0;
    if (size <= FEW) {
        for (int64_t start = 0; start < size; start += LANES) {
#pragma omp simd reduction(* : product) reduction(+ : loss, db, g1, g2)
            for (int64_t lane = 0; lane < LANES; lane++) {
                int64_t i = start + lane;
                double z = w1 * x1[i] + w2 * x2[i] + b;
                EXAMPLE(z, i)
                g1 += error * x1[i];
                g2 += error * x2[i];
            }
        }
    } else {
#pragma omp simd reduction(* : product) reduction(+ : loss, db, g1, g2)
        for (int64_t i = 0; i < size; i++) {
            double z = w1 * x1[i] + w2 * x2[i] + b;
            EXAMPLE(z, i)
            g1 += error * x1[i];
            g2 += error * x2[i];
        }
    }
    sums[0] += g1;
    sums[1] += g2;
    sums[2] += db;
    return loss + log(product) * share[0];
}

static double any(int64_t n, int64_t M, int64_t size, const double *restrict X, const double *restrict y, const double *restrict share,
                  const double *restrict real, const double *restrict w, double b, double *restrict sums) {
    double zs[BLOCK];
    for (int64_t i = 0; i < size; i++) zs[i] = b;
    for (int64_t j = 0; j < n; j++) {
        const double *x = X + j * M;
        double wj = w[j];
        for (int64_t i = 0; i < size; i++) zs[i] += wj * x[i];
    }
    double loss = 0, product = 1, db = 0;
#pragma omp simd reduction(* : product) reduction(+ : loss, db)
    for (int64_t i = 0; i < size; i++) {
        double z = zs[i];
        EXAMPLE(z, i)
        zs[i] = error;
    }
    for (int64_t j = 0; j < n; j++) {
        const double *x = X + j * M;
        double s = 0;
#pragma omp simd reduction(+ : s)
        for (int64_t i = 0; i < size; i++) s += zs[i] * x[i];
        sums[j] += s;
    }
    sums[n] += db;
    return loss + log(product) * share[0];
}

/* X (n, M) and y (M,) with share and real (2, BLOCK), w (n,) changed in place; one row for every update, row 0 is the start. */
void descend(int64_t n, int64_t M, const double *X, const double *y, const double *share, const double *real, double *w, double b,
             double alpha, int64_t updates, int64_t *row_iteration, double *row_w, double *row_b, double *row_J) {
    double sums[256];
    for (int64_t k = 0; k <= updates; k++) {
        double J = 0;
        for (int64_t j = 0; j <= n; j++) sums[j] = 0;
        for (int64_t start = 0; start < M; start += BLOCK) {
            int64_t size = M - start < BLOCK ? M - start : BLOCK;
            const double *s = share + (start + size == M ? BLOCK : 0), *r = real + (start + size == M ? BLOCK : 0);
            J += n == 2 ? two(size, X + start, X + M + start, y + start, s, r, w[0], w[1], b, sums)
                        : any(n, M, size, X + start, y + start, s, r, w, b, sums);
        }
        row_iteration[k] = k;
        for (int64_t j = 0; j < n; j++) row_w[k * n + j] = w[j];
        row_b[k] = b;
        row_J[k] = J;
        if (!isfinite(J)) return;
        for (int64_t j = 0; j < n; j++) w[j] -= alpha * sums[j];
        b -= alpha * sums[n];
    }
}
