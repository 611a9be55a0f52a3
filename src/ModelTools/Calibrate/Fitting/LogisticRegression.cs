namespace OnnxChat.ModelTools.Calibrate.Fitting;

/// <summary>
/// Logistic regression with an L2 penalty on the weights of standardized features, by Newton's method (iteratively
/// reweighted least squares; Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 4.4.1).
/// </summary>
internal sealed class LogisticRegression
{
    // About one question's worth of evidence against each weight.
    private const double Penalty = 1;
    private const int MostIterations = 50;
    private const double Converged = 1e-9;
    private const double LeastScale = 1e-6;

    private readonly double[] _weights;

    private LogisticRegression(double[] weights, double[] means, double[] scales)
    {
        _weights = weights;
        Means = means;
        Scales = scales;
    }

    public double Bias => _weights[0];

    /// <summary>One a feature, for its standardized value.</summary>
    public ReadOnlySpan<double> Weights => _weights.AsSpan(1);

    public double[] Means { get; }

    /// <summary>Standard deviations; 1 for a feature that does not vary.</summary>
    public double[] Scales { get; }

    /// <summary>Fits the probability of each label.</summary>
    /// <param name="features">At least one row, all of one length.</param>
    /// <param name="labels">One a row.</param>
    public static LogisticRegression Fit(IReadOnlyList<double[]> features, IReadOnlyList<bool> labels)
    {
        var width = features[0].Length;
        var means = new double[width];
        var scales = new double[width];
        for (var i = 0; i < width; i++)
        {
            var column = i;
            means[i] = features.Average(f => f[column]);
            var deviation = Math.Sqrt(features.Average(f => Math.Pow(f[column] - means[column], 2)));
            scales[i] = deviation > LeastScale ? deviation : 1;
        }

        var fitted = new LogisticRegression(new double[width + 1], means, scales);
        var rows = features.Select(fitted.Standardize).ToList();
        for (var iteration = 0; iteration < MostIterations && fitted.Improve(rows, labels) > Converged; iteration++)
        {
        }

        return fitted;
    }

    /// <summary>The log-odds of a row.</summary>
    public double LogOdds(double[] features) => Dot(Standardize(features));

    private double[] Standardize(double[] features)
    {
        var row = new double[features.Length + 1];
        row[0] = 1;
        for (var i = 0; i < features.Length; i++)
            row[i + 1] = (features[i] - Means[i]) / Scales[i];
        return row;
    }

    private double Dot(double[] row)
    {
        var sum = 0.0;
        for (var i = 0; i < row.Length; i++)
            sum += row[i] * _weights[i];
        return sum;
    }

    /// <summary>One step of Newton's method.</summary>
    /// <returns>The largest change of a weight.</returns>
    private double Improve(List<double[]> rows, IReadOnlyList<bool> labels)
    {
        var size = _weights.Length;
        var hessian = new double[size, size];
        var gradient = new double[size];
        for (var i = 0; i < size; i++)
        {
            // The bias carries the share of right replies, which nothing pulls to a half; a trace keeps the matrix regular.
            hessian[i, i] = i == 0 ? LeastScale : Penalty;
            gradient[i] = i == 0 ? 0 : -Penalty * _weights[i];
        }

        for (var r = 0; r < rows.Count; r++)
        {
            var row = rows[r];
            var probability = 1 / (1 + Math.Exp(-Dot(row)));
            var curvature = probability * (1 - probability);
            var error = (labels[r] ? 1 : 0) - probability;
            for (var i = 0; i < size; i++)
            {
                gradient[i] += error * row[i];
                for (var j = 0; j <= i; j++)
                    hessian[i, j] += curvature * row[i] * row[j];
            }
        }

        var step = Cholesky.Solve(hessian, gradient);
        // Far from the optimum a whole step may overshoot.
        var largest = step.Max(Math.Abs);
        var factor = Math.Min(1, 4 / Math.Max(largest, LeastScale));
        for (var i = 0; i < size; i++)
            _weights[i] += factor * step[i];
        return factor * largest;
    }
}
