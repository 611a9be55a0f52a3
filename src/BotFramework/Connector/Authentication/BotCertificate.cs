using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>The certificate that a bot proves itself by: a PFX file, or a PEM file that holds its key too.</summary>
internal sealed record BotCertificate(string Path, string Password)
{
    internal const string PathKey = "MicrosoftAppCertificatePath";
    internal const string PasswordKey = "MicrosoftAppCertificatePassword";

    // Apple's keys cannot be held in memory only.
    private static readonly X509KeyStorageFlags KeyStorage = OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;

    /// <summary>Reads the file, each time anew: a certificate that was renewed is used from the next token on.</summary>
    /// <exception cref="InvalidOperationException">The file cannot be read as that, or has no RSA key.</exception>
    internal X509Certificate2 Load()
    {
        X509Certificate2 certificate;
        try
        {
            certificate = System.IO.Path.GetExtension(Path).Equals(".pem", StringComparison.OrdinalIgnoreCase)
                ? FromPem()
                : X509CertificateLoader.LoadPkcs12FromFile(Path, Password, KeyStorage);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"{PathKey} is '{Path}', which cannot be read: {exception.Message.TrimEnd('.')}. It must be a .pfx, with {PasswordKey} if it has one, or a .pem with certificate and private key.", exception);
        }

        using var key = certificate.GetRSAPrivateKey();
        if (key is not null)
            return certificate;
        certificate.Dispose();
        throw new InvalidOperationException($"{PathKey} is '{Path}', which holds no RSA private key. Export the certificate with its key.");
    }

    private X509Certificate2 FromPem() =>
        string.IsNullOrEmpty(Password) ? X509Certificate2.CreateFromPemFile(Path) : X509Certificate2.CreateFromEncryptedPemFile(Path, Password);
}
