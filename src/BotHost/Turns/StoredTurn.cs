using System.Security.Claims;
using Microsoft.Bot.Schema;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using OnnxChat.BotHost.Channels.DirectLine;

namespace OnnxChat.BotHost.Turns;

/// <summary>A turn as it is kept: the activity, and who brought it.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Identity">What the channel's token said; null in a conversation of the host's own.</param>
/// <param name="Audience">Whom the tokens of replies are for.</param>
internal sealed record StoredTurn(Activity Activity, ClaimsIdentity? Identity, string? Audience)
{
    private const string ActivityName = "activity";
    private const string ClaimsName = "claims";
    private const string AudienceName = "audience";
    private const string AuthenticationName = "authentication";

    public string Write()
    {
        var text = new StringWriter();
        using var json = new JsonTextWriter(text);
        json.WriteStartObject();
        if (Identity is not null)
        {
            json.WritePropertyName(ClaimsName);
            json.WriteStartArray();
            foreach (var claim in Identity.Claims)
            {
                json.WriteStartArray();
                json.WriteValue(claim.Type);
                json.WriteValue(claim.Value);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WritePropertyName(AuthenticationName);
            json.WriteValue(Identity.AuthenticationType);
            json.WritePropertyName(AudienceName);
            json.WriteValue(Audience);
        }

        json.WritePropertyName(ActivityName);
        ActivityJson.Write(Activity, json);
        json.WriteEndObject();
        return text.ToString();
    }

    public static StoredTurn Read(string payload)
    {
        using var json = new JsonTextReader(new StringReader(payload)) { DateParseHandling = DateParseHandling.None };
        var turn = JObject.Load(json);
        return new StoredTurn(ActivityJson.Read(turn[ActivityName]!), ReadIdentity(turn), (string?)turn[AudienceName]);
    }

    private static ClaimsIdentity? ReadIdentity(JObject turn) => turn[ClaimsName] is JArray claims
        ? new ClaimsIdentity(claims.Select(claim => new Claim((string)claim[0]!, (string)claim[1]!)), (string?)turn[AuthenticationName])
        : null;
}
