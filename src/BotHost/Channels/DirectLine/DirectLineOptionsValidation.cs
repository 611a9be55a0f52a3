using System.Buffers.Text;
using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>What the ranges on <see cref="DirectLineOptions"/> cannot say.</summary>
internal sealed class DirectLineOptionsValidation : IValidateOptions<DirectLineOptions>
{
    public const int MinimumKeyBytes = 32;

    public ValidateOptionsResult Validate(string? name, DirectLineOptions options)
    {
        if (string.IsNullOrEmpty(options.SigningKey))
            return ValidateOptionsResult.Success;

        if (!Base64.IsValid(options.SigningKey, out var length))
            return ValidateOptionsResult.Fail($"{DirectLineOptions.Section}:SigningKey is not base64. Make one with: openssl rand -base64 {MinimumKeyBytes}");

        return length >= MinimumKeyBytes
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{DirectLineOptions.Section}:SigningKey has {length} bytes; it needs at least {MinimumKeyBytes}. Make one with: openssl rand -base64 {MinimumKeyBytes}");
    }
}
