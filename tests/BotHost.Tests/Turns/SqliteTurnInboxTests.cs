using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.BotHost.Turns;
using OnnxChat.BotHost.Turns.Sqlite;
using OnnxChat.Testing;

namespace OnnxChat.BotHost.Tests.Turns;

public sealed class SqliteTurnInboxTests : TurnInboxTests
{
    private readonly TemporaryFolder _folder = new();
    private SqliteStore _store = null!;
    private SqliteConversations _conversations = null!;
    private SqliteTurnInbox _inbox = null!;

    private protected override ITurnInbox Inbox => _inbox;

    private protected override IConversationStore Conversations => _conversations;

    private protected override IHandOffs HandOffs => new SqliteHandOffs(_store, Microsoft.Extensions.Options.Options.Create(HandOffOptions));

    public override ValueTask InitializeAsync()
    {
        Options.Folder = _folder["data"];
        Open();
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    private protected override async Task RestartAsync()
    {
        await _store.DisposeAsync();
        Open();
    }

    [Fact]
    public async Task Restart_WhatRan_MayRunAtOnceAgain()
    {
        await AcceptAsync("c1", "a1");
        await LeaseOneAsync();

        await RestartAsync();

        Assert.Equal(2, (await LeaseOneAsync()).Attempt);
    }

    [Fact]
    public async Task Open_FolderOfAnotherHost_SaysWhichAndTheRemedy()
    {
        var error = Assert.Throws<TurnInboxException>(() => new SqliteStore(Microsoft.Extensions.Options.Options.Create(Options), NullLogger<SqliteStore>.Instance));

        Assert.Contains(Options.Folder, error.Message, StringComparison.Ordinal);
        Assert.Contains("--OnnxChat:Turns:Folder=FOLDER", error.Message, StringComparison.Ordinal);
        await AcceptAsync("c1", "a1");
    }

    [Fact]
    public async Task Open_FileThatIsNoDatabase_SaysWhichAndTheRemedy()
    {
        await _store.DisposeAsync();
        await File.WriteAllBytesAsync(Path.Combine(Options.Folder, "turns.db"), Encoding.UTF8.GetBytes(new string('x', 5_000)), TestContext.Current.CancellationToken);

        var error = Assert.Throws<TurnInboxException>(Open);

        Assert.Contains(Options.Folder, error.Message, StringComparison.Ordinal);
        Assert.Contains("backup", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Files_AreForTheHostsAccountAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes of files.");
            return;
        }

        foreach (var file in Directory.EnumerateFiles(Options.Folder))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Options.Folder));
    }

    [Fact]
    public async Task ForgetConversation_ItsWords_AreInNoFile()
    {
        const string Words = "my secret gift for Ann";
        await Conversations.StartAsync("c1", "user");
        await Inbox.AcceptAsync(new InboundTurn(Microsoft.Bot.Connector.Channels.Webchat, "c1", "a1", Words) { Shown = Encoding.UTF8.GetBytes(Words) });
        await Inbox.BuryAsync(await LeaseOneAsync(), "x", [Encoding.UTF8.GetBytes("About " + Words)]);
        Assert.Contains(Words, FilesText(), StringComparison.Ordinal);

        await Conversations.ForgetAsync("c1");
        await Inbox.ForgetConversationAsync(Microsoft.Bot.Connector.Channels.Webchat, "c1");

        Assert.DoesNotContain(Words, FilesText(), StringComparison.Ordinal);
    }

    private void Open()
    {
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        _store = new SqliteStore(options, NullLogger<SqliteStore>.Instance);
        _conversations = new SqliteConversations(_store, Microsoft.Extensions.Options.Options.Create(DirectLine), Time);
        _inbox = new SqliteTurnInbox(_store, _conversations, options, Time);
    }

    private string FilesText() => string.Concat(Directory.EnumerateFiles(Options.Folder).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Select(Read));

    private static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
