using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Security;

/// <summary>Reads the folder of <see cref="SecretsOptions"/> into the configuration, and says at start what is wrong with it.</summary>
internal static class SecretFiles
{
    private const string FolderKey = SecretsOptions.Section + ":" + nameof(SecretsOptions.Folder);

    public static void AddSecretFiles(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SecretsOptions>().BindConfiguration(SecretsOptions.Section).ValidateOnStart();
        if (builder.Configuration[FolderKey] is not { Length: > 0 } folder)
            return;

        if (Read(builder.Configuration, Path.GetFullPath(folder)) is { } failure)
            builder.Services.AddSingleton<IValidateOptions<SecretsOptions>>(new ValidateOptions<SecretsOptions>(null, _ => false, failure));
        builder.Services.AddHostedService<SecretFilesCheck>();
    }

    // Thrown here, it would end the program before anybody can say what it means.
    private static string? Read(ConfigurationManager configuration, string folder)
    {
        if (!Directory.Exists(folder))
            return $"{FolderKey} is '{folder}', and no such folder is there. Mount the secrets there, or name the folder that has them.";

        try
        {
            configuration.AddKeyPerFile(folder, optional: false);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{FolderKey} is '{folder}', and a file of it cannot be read: {e.Message} Make it readable for the account that the host runs as.";
        }
    }
}
