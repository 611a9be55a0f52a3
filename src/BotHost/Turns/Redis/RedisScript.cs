using System.Reflection;

namespace OnnxChat.BotHost.Turns.Redis;

/// <summary>What the server does in one step. Each is a file of <c>Scripts</c>, which sees what <c>common.lua</c> defines.</summary>
internal sealed class RedisScript
{
    // Whoever takes work away may do so when the memory is full; whoever brings some may not, and has changed nothing then.
    private const string Always = "#!lua flags=allow-oom\n";
    private const string WithinMemory = "#!lua\n";

    private static readonly string Common = Read("common");

    private RedisScript(string name, string kind) => Text = kind + Common + Read(name);

    public static RedisScript Accept { get; } = new("accept", WithinMemory);

    public static RedisScript Lease { get; } = new("lease", Always);

    public static RedisScript Renew { get; } = new("renew", Always);

    public static RedisScript GiveBack { get; } = new("giveback", Always);

    public static RedisScript End { get; } = new("end", Always);

    public static RedisScript ListDead { get; } = new("listdead", Always);

    public static RedisScript Replay { get; } = new("replay", WithinMemory);

    public static RedisScript ForgetOld { get; } = new("forgetold", Always);

    public static RedisScript ForgetTurns { get; } = new("forgetturns", Always);

    public static RedisScript State { get; } = new("state", Always);

    public static RedisScript Start { get; } = new("start", WithinMemory);

    public static RedisScript Find { get; } = new("find", Always);

    public static RedisScript Append { get; } = new("append", WithinMemory);

    public static RedisScript ForgetIdle { get; } = new("forgetidle", Always);

    public static RedisScript Forget { get; } = new("forget", Always);

    public static RedisScript AddHandOff { get; } = new("addhandoff", WithinMemory);

    public static RedisScript TakeHandOff { get; } = new("takehandoff", Always);

    public static RedisScript RemoveHandOff { get; } = new("removehandoff", Always);

    public static RedisScript ListHandOffs { get; } = new("listhandoffs", Always);

    public static RedisScript FindHandOff { get; } = new("findhandoff", Always);

    public static RedisScript Rate { get; } = new("rate", Always);

    public static RedisScript AddUnrated { get; } = new("addunrated", WithinMemory);

    public static RedisScript ForgetUnrated { get; } = new("forgetunrated", Always);

    public string Text { get; }

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"Redis.{name}.lua")!);
        return reader.ReadToEnd();
    }
}
