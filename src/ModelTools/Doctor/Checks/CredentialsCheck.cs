namespace OnnxChat.ModelTools.Doctor.Checks;

/// <summary>The shape of the bot's credentials in the environment; their values are never said.</summary>
internal sealed class CredentialsCheck(Func<string, string?> variable) : ICheck
{
    public string Name => "credentials";

    public Task<CheckResult> RunAsync(CancellationToken cancellationToken) => Task.FromResult(Check());

    private CheckResult Check()
    {
        var type = Value("MicrosoftAppType") ?? "MultiTenant";
        if (Value("MicrosoftAppId") is not { } id)
        {
            return Value("MicrosoftAppPassword") is null
                ? new CheckResult(Name, CheckStatus.Ok, "none in the environment: the host answers on this machine only")
                : Fail("MicrosoftAppPassword is set and MicrosoftAppId is not", "Set MicrosoftAppId to the bot's application (client) id.");
        }

        if (!Guid.TryParse(id, out _))
            return Fail("MicrosoftAppId is no GUID", "Set it to the application (client) id of the bot's registration in Azure.");
        var needs = type.ToUpperInvariant() switch
        {
            "MULTITENANT" => ["MicrosoftAppPassword"],
            "SINGLETENANT" => ["MicrosoftAppPassword", "MicrosoftAppTenantId"],
            "USERASSIGNEDMSI" => (string[]?)["MicrosoftAppTenantId"],
            _ => null,
        };
        if (needs is null)
            return Fail($"MicrosoftAppType is '{type}'", "It takes MultiTenant, SingleTenant or UserAssignedMSI.");
        var missing = needs.Where(n => Value(n) is null).ToList();
        return missing.Count > 0
            ? Fail($"{type} needs {string.Join(" and ", missing)}", $"Set {string.Join(" and ", missing)}.")
            : new CheckResult(Name, CheckStatus.Ok, $"{type}, complete; whether they are right only the login service knows");
    }

    private CheckResult Fail(string found, string remedy) => new(Name, CheckStatus.Fail, found, remedy);

    // As configuration reads the environment: set but empty is not set.
    private string? Value(string name) => variable(name) is { Length: > 0 } value ? value : null;
}
