namespace OnnxChat.ModelTools.Doctor;

/// <summary>Looks at one thing that a service needs.</summary>
internal interface ICheck
{
    /// <summary>What is looked at, in a word or two.</summary>
    string Name { get; }

    /// <exception cref="Exception">Counts as failed, with its message.</exception>
    Task<CheckResult> RunAsync(CancellationToken cancellationToken);
}
