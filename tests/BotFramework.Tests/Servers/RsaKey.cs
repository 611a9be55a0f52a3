using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using Newtonsoft.Json.Linq;

namespace OnnxChat.BotFramework.Tests.Servers;

/// <summary>A signing key of a login service, and tokens signed with it by hand, so that bad ones can be made too.</summary>
internal sealed class RsaKey(RSA rsa, string[] endorsements) : IDisposable
{
    // Keys take long to make: the login services of all tests have one, and strangers have another.
    private static readonly RSAParameters LoginKey = Generate();
    private static readonly RSAParameters StrangersKey = Generate();

    public static RsaKey Create(params string[] endorsements) => new(RSA.Create(LoginKey), endorsements);

    public static RsaKey CreateStranger(params string[] endorsements) => new(RSA.Create(StrangersKey), endorsements);

    public Dictionary<string, object> ToJson(string id)
    {
        var key = rsa.ExportParameters(includePrivateParameters: false);
        var json = new Dictionary<string, object>
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = id,
            ["n"] = Base64UrlEncoder.Encode(key.Modulus),
            ["e"] = Base64UrlEncoder.Encode(key.Exponent),
        };
        if (endorsements.Length > 0)
            json["endorsements"] = endorsements;

        return json;
    }

    public string Sign(string keyId, JObject claims, string algorithm = "RS256")
    {
        var header = new JObject { ["typ"] = "JWT", ["alg"] = algorithm, ["kid"] = keyId };
        var content = $"{Encode(header)}.{Encode(claims)}";
        var signature = algorithm switch
        {
            "none" => "",
            "HS256" => Base64UrlEncoder.Encode(HMACSHA256.HashData(rsa.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(content))),
            _ => Base64UrlEncoder.Encode(rsa.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        };
        return $"{content}.{signature}";
    }

    public void Dispose() => rsa.Dispose();

    private static RSAParameters Generate()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportParameters(includePrivateParameters: true);
    }

    private static string Encode(JObject json) => Base64UrlEncoder.Encode(json.ToString(Newtonsoft.Json.Formatting.None));
}
