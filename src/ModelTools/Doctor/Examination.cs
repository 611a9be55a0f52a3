namespace OnnxChat.ModelTools.Doctor;

/// <summary>Runs the checks one after another; one that throws does not keep the others from running.</summary>
internal static class Examination
{
    public static async IAsyncEnumerable<CheckResult> RunAsync(IEnumerable<ICheck> checks, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var check in checks)
        {
            CheckResult result;
            try
            {
                result = await check.RunAsync(cancellationToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever is wrong is what the person wants to know.
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                result = new CheckResult(check.Name, CheckStatus.Fail, e.Message);
            }

            yield return result;
        }
    }
}
