using System.Security.Claims;
using Microsoft.Bot.Schema;
using Newtonsoft.Json;

namespace OnnxChat.BotHost.Turns;

/// <summary>A turn as it is kept: the activity, and who brought it.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Identity">What the channel's token said; null in a conversation of the host's own.</param>
/// <param name="Audience">Whom the tokens of replies are for.</param>
internal sealed record StoredTurn(Activity Activity, ClaimsIdentity? Identity, string? Audience)
{
    private static readonly JsonSerializerSettings Settings = new()
    {
        NullValueHandling = NullValueHandling.Ignore,
        DateParseHandling = DateParseHandling.None,
        // What was accepted can be read again, however deep: the limit was at the door.
        MaxDepth = null,
    };

    public string Write()
    {
        var claims = Identity?.Claims.Select(claim => new[] { claim.Type, claim.Value }).ToArray();
        return JsonConvert.SerializeObject(new Form(Activity, claims, Identity?.AuthenticationType, Audience), Settings);
    }

    /// <exception cref="JsonException">It is not what <see cref="Write"/> writes.</exception>
    public static StoredTurn Read(string payload)
    {
        var form = JsonConvert.DeserializeObject<Form>(payload, Settings) ?? throw new JsonException("The turn is empty.");
        var identity = form.Claims is null ? null : new ClaimsIdentity(form.Claims.Select(claim => new Claim(claim[0], claim[1])), form.Authentication);
        return new StoredTurn(form.Activity, identity, form.Audience);
    }

    private sealed record Form(Activity Activity, string[][]? Claims, string? Authentication, string? Audience);
}
