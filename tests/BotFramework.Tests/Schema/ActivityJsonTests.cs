using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Microsoft.Bot.Schema;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace OnnxChat.BotFramework.Tests.Schema;

public class ActivityJsonTests
{
    [Theory]
    [InlineData("""{"type":"message","channelData":{"when":"2026-01-01T10:00:00+02:00","n":1.5,"big":12345678901234567890,"list":[1,"2",null]}}""")]
    [InlineData("""{"type":"message","value":"2026-01-01T10:00:00Z"}""")]
    [InlineData("""{"type":"message","text":"2026-01-01T10:00:00Z"}""")]
    [InlineData("""{"type":"message","unheardOf":{"a":["2026-01-01",{"b":false}]}}""")]
    [InlineData("""{"type":"message","from":{"id":"u","own":"2026-01-01T10:00:00.0000000Z"},"conversation":{"id":"c","own":1}}""")]
    [InlineData("""{"type":"message","entities":[{"type":"streaminfo","streamId":"s","streamSequence":3}]}""")]
    [InlineData("""{"type":"message","attachments":[{"contentType":"x/y","content":{"at":"2026-01-01T10:00:00Z"},"own":"kept"}]}""")]
    public void RoundTrip_WhatAChannelSends_IsUnchanged(string json)
    {
        var activity = ActivityJson.FromUtf8<Activity>(Encoding.UTF8.GetBytes(json));

        var written = Encoding.UTF8.GetString(ActivityJson.ToUtf8(activity));

        Assert.Equal(Unordered(json), Unordered(written));
    }

    [Theory]
    [InlineData("2026-01-01T10:00:00.1230000+02:00")]
    [InlineData("2026-01-01T10:00:00Z")]
    public void RoundTrip_Timestamps_KeepInstantAndOffset(string time)
    {
        var activity = ActivityJson.FromUtf8<Activity>(Encoding.UTF8.GetBytes($$"""{"type":"message","timestamp":"{{time}}","localTimestamp":"{{time}}"}"""));

        var again = ActivityJson.FromUtf8<Activity>(ActivityJson.ToUtf8(activity));

        var expected = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((expected, expected.Offset), (again.Timestamp, again.LocalTimestamp!.Value.Offset));
    }

    [Fact]
    public void Write_NullValues_AreLeftOut() =>
        Assert.Equal("""{"type":"message","text":"hi"}""", Encoding.UTF8.GetString(ActivityJson.ToUtf8(new Activity("message") { Text = "hi" })));

    [Fact]
    public void Read_ByteOrderMark_IsSkipped() =>
        Assert.Equal("event", ActivityJson.FromUtf8<Activity>((byte[])[.. Encoding.UTF8.Preamble, .. """{"type":"event"}"""u8]).Type);

    [Fact]
    public void Serialize_ByTheUsersOwnJsonConvert_HasTheProtocolsNames()
    {
        var json = JObject.Parse(JsonConvert.SerializeObject(new Activity("message") { ReplyToId = "r", SuggestedActions = new SuggestedActions { Actions = [new CardAction("imBack", "t")] } }));

        Assert.Equal("r", (string?)json["replyToId"]);
        Assert.Equal("imBack", (string?)json["suggestedActions"]!["actions"]![0]!["type"]);
    }

    [Property(MaxTest = 500)]
    public void Read_DamagedActivity_ReadsOrThrowsJsonException(PositiveInt position, byte damage, bool cut)
    {
        var json = """{"type":"message","timestamp":"2026-01-01T10:00:00Z","from":{"id":"u"},"membersAdded":[{"id":"m"}],"expiration":null,"historyDisclosed":true,"channelData":{"a":[1,2.5e3]}}"""u8.ToArray();
        var index = position.Get % json.Length;
        json[index] = damage;

        var exception = Record.Exception(() => ActivityJson.FromUtf8<Activity>(cut ? json.AsMemory(0, index + 1) : json));

        Assert.True(exception is null or JsonException, exception?.ToString());
    }

    private static string Unordered(string json)
    {
        using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None };
        return Sorted(JToken.ReadFrom(reader)).ToString(Formatting.None);

        static JToken Sorted(JToken token) => token switch
        {
            JObject map => new JObject(map.Properties().OrderBy(property => property.Name, StringComparer.Ordinal).Select(property => new JProperty(property.Name, Sorted(property.Value)))),
            JArray list => new JArray(list.Select(Sorted)),
            _ => token,
        };
    }
}
