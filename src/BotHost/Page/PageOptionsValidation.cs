using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Page;

/// <summary>What the attributes on <see cref="PageOptions"/> cannot say.</summary>
internal sealed class PageOptionsValidation(IHostEnvironment environment) : IValidateOptions<PageOptions>
{
    public ValidateOptionsResult Validate(string? name, PageOptions options)
    {
        List<string> failures = [.. options.AllowedOrigins.Where(origin => !SiteOrigin.IsValid(origin)).Select(origin =>
            $"{PageOptions.Section}:AllowedOrigins has '{origin}', which is no origin. Write https://, the host name and nothing after it, such as https://shop.example; http is for localhost only.")];
        if (options.Logo is { Length: > 0 } logo && PageLogo.Problem(PageLogo.PathOf(logo, environment)) is { } problem)
            failures.Add($"{PageOptions.Section}:Logo: {problem}");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
