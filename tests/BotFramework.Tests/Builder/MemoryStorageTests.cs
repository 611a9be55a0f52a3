using Microsoft.Bot.Builder;

namespace OnnxChat.BotFramework.Tests.Builder;

public class MemoryStorageTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    private readonly MemoryStorage _storage = new();

    [Fact]
    public async Task Read_WrittenObject_IsACopyOfItsType()
    {
        var written = new Item { Text = "one" };
        await WriteAsync(written);
        written.Text = "changed after";

        var read = await _storage.ReadAsync<Item>(["k", "none"], Cancelled);

        Assert.Equal("one", Assert.Single(read).Value.Text);
    }

    [Fact]
    public async Task Write_OlderVersion_IsRefusedAndAStarIsNot()
    {
        await WriteAsync(new Item { Text = "one" });
        var first = (await _storage.ReadAsync<Item>(["k"], Cancelled))["k"];
        var second = (await _storage.ReadAsync<Item>(["k"], Cancelled))["k"];
        first.Text = "two";
        await WriteAsync(first);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(second));
        second.ETag = "*";
        second.Text = "three";
        await WriteAsync(second);

        Assert.Contains("etag conflict", error.Message, StringComparison.Ordinal);
        Assert.Equal("three", (await _storage.ReadAsync<Item>(["k"], Cancelled))["k"].Text);
    }

    [Fact]
    public async Task Delete_Key_IsGone()
    {
        await WriteAsync(new Item());

        await _storage.DeleteAsync(["k", "none"], Cancelled);

        Assert.Empty(await _storage.ReadAsync(["k"], Cancelled));
    }

    [Fact]
    public async Task Read_JsonThatNamesAType_MakesNoObjectOfIt()
    {
        var json = Newtonsoft.Json.Linq.JObject.Parse("""{"$type":"System.IO.FileInfo, System.Runtime","fileName":"x"}""");
        await _storage.WriteAsync(new Dictionary<string, object> { ["k"] = new Dictionary<string, object> { ["value"] = json } }, Cancelled);

        var read = Assert.IsType<Dictionary<string, object>>((await _storage.ReadAsync(["k"], Cancelled))["k"]);

        Assert.IsType<Newtonsoft.Json.Linq.JObject>(read["value"]);
    }

    private Task WriteAsync(Item item) => _storage.WriteAsync(new Dictionary<string, object> { ["k"] = item }, Cancelled);

    private sealed class Item : IStoreItem
    {
        public string? Text { get; set; }

        public string? ETag { get; set; }
    }
}
