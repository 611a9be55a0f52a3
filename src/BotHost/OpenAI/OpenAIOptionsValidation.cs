using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.OpenAI;

/// <summary>Checks the keys of <see cref="OpenAIOptions"/>.</summary>
internal sealed class OpenAIOptionsValidation : IValidateOptions<OpenAIOptions>
{
    private const int HashDigits = 64;
    private const int MaxNameCharacters = 64;
    private const int MaxRequestsPerMinute = 1_000_000;

    public ValidateOptionsResult Validate(string? name, OpenAIOptions options)
    {
        List<string> failures = [];
        for (var i = 0; i < options.ApiKeys.Count; i++)
        {
            var key = options.ApiKeys[i];
            var path = $"{OpenAIOptions.Section}:ApiKeys:{i}";
            if (key.Name.Length is 0 or > MaxNameCharacters)
                failures.Add($"{path}:Name has {key.Name.Length} characters; it takes 1 to {MaxNameCharacters}.");
            if (options.ApiKeys.Take(i).Any(other => other.Name == key.Name))
                failures.Add($"{path}:Name '{key.Name}' is another key's too; logs could not tell them apart.");
            // Not repeated: it may be the key itself, put there by mistake.
            if (key.Sha256.Length != HashDigits || !key.Sha256.All(char.IsAsciiHexDigit))
                failures.Add($"{path}:Sha256 is not {HashDigits} hexadecimal digits. Make it with: printf %s \"$KEY\" | sha256sum");
            if (key.RequestsPerMinute is < 1 or > MaxRequestsPerMinute)
                failures.Add($"{path}:RequestsPerMinute is {key.RequestsPerMinute}; it takes 1 to {MaxRequestsPerMinute:N0}.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
