using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Tests.Channels.DirectLine;
using OnnxChat.BotHost.Tests.Hosting;
using OnnxChat.Testing;

namespace OnnxChat.BotHost.Tests.Security;

public sealed class SecretFilesTests : IDisposable
{
    private const string FolderKey = "OnnxChat:Secrets:Folder";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Start_SecretInAFile_IsTheSettingWithoutItsLineEnd()
    {
        await WriteAsync("OnnxChat__Desk__AccessKey", "key-of-the-file-0\n");
        using var host = new TestHost((FolderKey, _folder.Path), ("OnnxChat:Desk:AccessKey", "key-of-the-settings"));

        Assert.Equal(HttpStatusCode.OK, await DeskAsync(host, "key-of-the-file-0"));
        Assert.Equal(HttpStatusCode.Unauthorized, await DeskAsync(host, "key-of-the-settings"));
        Assert.Equal(HttpStatusCode.Unauthorized, await DeskAsync(host, null));
    }

    [Fact]
    public async Task Start_MountedAsKubernetesDoes_LinksAreFollowedAndOnlyReadableOnesWarnedOf()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var version = Directory.CreateDirectory(_folder["..2026_03_01"]).FullName;
        await WriteAsync(Path.Combine("..2026_03_01", "OnnxChat__Desk__AccessKey"), "key-of-the-file-0", OwnerOnly | UnixFileMode.GroupRead);
        await WriteAsync(Path.Combine("..2026_03_01", "MicrosoftAppPassword"), "password-of-the-file", OwnerOnly | UnixFileMode.OtherRead);
        Directory.CreateSymbolicLink(_folder["..data"], Path.GetFileName(version));
        foreach (var name in (string[])["OnnxChat__Desk__AccessKey", "MicrosoftAppPassword"])
            File.CreateSymbolicLink(_folder[name], Path.Combine("..data", name));

        using var host = new TestHost((FolderKey, _folder.Path));

        Assert.Equal(HttpStatusCode.OK, await DeskAsync(host, "key-of-the-file-0"));
        var warning = Assert.Single(host.Logs.Text.Split('\n'), line => line.StartsWith("Warning: Every account", StringComparison.Ordinal));
        Assert.Contains(_folder["MicrosoftAppPassword"], warning);
    }

    [Fact]
    public async Task Logs_AtDebug_HaveNoneOfTheSecrets()
    {
        Dictionary<string, string> secrets = new()
        {
            ["OnnxChat__Desk__AccessKey"] = "desk-key-7h3u1c92",
            ["OnnxChat__DirectLine__SigningKey"] = Convert.ToBase64String(Encoding.UTF8.GetBytes("signing-key-0123456789-0123456789")),
            ["MicrosoftAppPassword"] = "app-password-5n2k8w",
            ["ConnectionStrings__Redis"] = "redis.invalid:6379,password=redis-password-3f8d",
        };
        foreach (var (name, value) in secrets)
            await WriteAsync(name, value);
        using var host = new TestHost((FolderKey, _folder.Path), ("Logging:LogLevel:Default", "Debug"), ("Logging:LogLevel:Microsoft.AspNetCore", "Debug"));

        using var client = await DirectLineClient.StartAsync(host);
        await client.SayAsync("where is my order?", "en-US");
        await client.RepliesAsync(2);
        Assert.Equal(HttpStatusCode.OK, await DeskAsync(host, "desk-key-7h3u1c92"));
        Assert.Equal(HttpStatusCode.Unauthorized, await DeskAsync(host, "desk-key-7h3u1c9X"));

        Assert.Contains("Debug: ", host.Logs.Text);
        Assert.All(
            secrets.Values.Append("redis-password-3f8d").Append("desk-key-7h3u1c9X").Append(client.Token),
            secret => Assert.DoesNotContain(secret, host.Logs.Text));
        Assert.DoesNotContain("where is my order?", host.Logs.Text);
    }

    [Fact]
    public async Task Start_NoSuchFolder_NamesItAndTheSetting()
    {
        var error = await KestrelHost.FailToStartAsync<OptionsValidationException>((FolderKey, _folder["nowhere"]));

        Assert.Contains(_folder["nowhere"], error.Message);
        Assert.Contains(FolderKey, error.Message);
    }

    [Fact]
    public async Task Start_BadSecretInAFile_IsRefusedWithoutRepeatingIt()
    {
        await WriteAsync("OnnxChat__DirectLine__SigningKey", "not base64 at all");

        var error = await KestrelHost.FailToStartAsync<OptionsValidationException>((FolderKey, _folder.Path));

        Assert.Contains("OnnxChat:DirectLine:SigningKey", error.Message);
        Assert.DoesNotContain("not base64 at all", error.Message);
    }

    public void Dispose() => _folder.Dispose();

    private async Task WriteAsync(string name, string content, UnixFileMode mode = OwnerOnly)
    {
        await File.WriteAllTextAsync(_folder[name], content, Cancelled);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder[name], mode);
    }

    private static async Task<HttpStatusCode> DeskAsync(TestHost host, string? key)
    {
        using var http = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/desk/api/conversations");
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:" + key)));
        using var response = await http.SendAsync(request, Cancelled);
        return response.StatusCode;
    }
}
