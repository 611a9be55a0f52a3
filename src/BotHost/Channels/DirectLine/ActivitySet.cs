using System.Buffers;
using System.Globalization;
using System.Text;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>Activities that a client has not seen yet, and the watermark after them.</summary>
internal sealed record ActivitySet(IReadOnlyList<byte[]> Activities, long Watermark)
{
    /// <summary>Direct Line's form: <c>{"activities":[...],"watermark":"12"}</c>, UTF-8.</summary>
    public ReadOnlyMemory<byte> ToJson()
    {
        var json = new ArrayBufferWriter<byte>(64 + Activities.Sum(activity => activity.Length + 1));
        json.Write("{\"activities\":["u8);
        for (var i = 0; i < Activities.Count; i++)
        {
            if (i > 0)
                json.Write(","u8);
            json.Write(Activities[i]);
        }

        json.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"],\"watermark\":\"{Watermark}\"}}")));
        return json.WrittenMemory;
    }
}
