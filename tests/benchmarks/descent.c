/* The algorithm of core/compiled in C, on the layout of core/examples.py: what the compiled kernel is measured against.
 * gcc -O3 -march=native -fopenmp-simd -fno-math-errno -fno-trapping-math -shared -fPIC */
#include <math.h>
#include <stdint.h>

#define BLOCK 512

#define LOG2_E 1.4426950408889634
#define LN2 0.6931471805599453

static inline double exp2_negative(double a) {
    double x = -a;
    x = x < -1022.0 ? -1022.0 : x;
    double k = rint(x), r = x - k, r2 = r * r, r4 = r2 * r2;
    double p01 = 1.0 + 0.6931471805599453 * r, p23 = 0.2402265069591013 + 0.055504108664820084 * r;
    double p45 = 0.009618129107594119 + 0.0013333558146774657 * r, p67 = 0.0001540353045711413 + 1.5252733493097065e-05 * r;
    double p89 = 1.321543528141595e-06 + 1.017819958318913e-07 * r, p1011 = 7.07378338604225e-09 + 4.434769737683999e-10 * r;
    double low = p01 + p23 * r2, middle = p45 + p67 * r2, high = p89 + p1011 * r2;
    union { double f; int64_t i; } u = {.f = low + (middle + high * r4) * r4};
    u.i += (int64_t)k << 52;
    return u.f;
}

/* One block of signed columns, with w and b times log2 e. */
static double two(int64_t size, const double *restrict x1, const double *restrict x2, const double *restrict s, double w1, double w2,
                  double b, int64_t fillers, double *restrict sums) {
    double wrong = 0, product = 1, ob = 0, o1 = 0, o2 = 0;
#pragma omp simd reduction(* : product) reduction(+ : ob, o1, o2) reduction(- : wrong)
    for (int64_t i = 0; i < size; i++) {
        double z = w1 * x1[i] + w2 * x2[i] + b * s[i];
        double t = exp2_negative(fabs(z));
        double off = (z >= 0.0 ? t : 1.0) / (1.0 + t);
        wrong -= z < 0.0 ? z : 0.0;
        product *= 1.0 + t;
        ob += off * s[i];
        o1 += off * x1[i];
        o2 += off * x2[i];
    }
    sums[0] -= o1;
    sums[1] -= o2;
    sums[2] -= ob;
    return wrong * LN2 + log(product) - fillers * LN2;
}

/* Of one example: its error f - y, its t = e^-|z| and the rest of its loss, each weighed. */
#define EXAMPLE(z, i)                                                    \
    double t = exp2_negative(fabs(z) * LOG2_E);                          \
    double error = ((z >= 0.0 ? 1.0 : t) / (1.0 + t) - y[i]) * share[i]; \
    loss += ((z > 0.0 ? z : 0.0) - y[i] * z) * share[i];                 \
    product *= 1.0 + t * real[i];                                        \
    db += error;

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

/* X (n, M) and y (M,) with share and real (2, BLOCK), w (n,) changed in place; one row for every update, row 0 is the start. For n = 2 X
 * are the signed columns (3, M), and the last `fillers` of them are none. */
void descend(int64_t n, int64_t M, const double *X, const double *y, const double *share, const double *real, int64_t fillers, double *w, double b,
             double alpha, int64_t updates, int64_t *row_iteration, double *row_w, double *row_b, double *row_J) {
    double sums[256];
    for (int64_t k = 0; k <= updates; k++) {
        double J = 0;
        for (int64_t j = 0; j <= n; j++) sums[j] = 0;
        for (int64_t start = 0; start < M; start += BLOCK) {
            int64_t size = M - start < BLOCK ? M - start : BLOCK, last = start + size == M;
            const double *x = X + start;
            if (n == 2)
                J += two(size, x, x + M, x + 2 * M, w[0] * LOG2_E, w[1] * LOG2_E, b * LOG2_E, last ? fillers : 0, sums);
            else
                J += any(n, M, size, x, y + start, share + last * BLOCK, real + last * BLOCK, w, b, sums);
        }
        if (n == 2) {
            J *= share[0];
            for (int64_t j = 0; j <= n; j++) sums[j] *= share[0];
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
