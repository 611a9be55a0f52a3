using System.Reflection;
using Microsoft.Bot.Schema;
using OnnxChat.Testing;

namespace OnnxChat.BotFramework.Tests.Surface;

public class PublicSurfaceTests
{
    private static readonly Assembly Ours = typeof(Activity).Assembly;

    public static TheoryData<string> PublicTypes => [.. Ours.GetExportedTypes().Select(type => type.FullName!)];

    public static TheoryData<string> Floor => [.. File.ReadLines(Repository.Fixture("botframework-api-floor.txt"))];

    [Theory]
    [MemberData(nameof(PublicTypes))]
    public void PublicType_ComparedWithTheOfficialSdk_HasNoMemberOfItsOwn(string name)
    {
        var type = Ours.GetType(name, throwOnError: true)!;

        Assert.True(OfficialType.Read().TryGetValue(ApiText.FullName(type), out var official), $"The official SDK has no {ApiText.FullName(type)}.");
        Assert.Equal(official.Kind, ApiText.Kind(type));
        Assert.Empty(ApiText.Members(type).Except(official.Members));
        Assert.Empty(ApiText.Bases(type).Except(official.Bases));
    }

    [Theory]
    [MemberData(nameof(Floor))]
    public void Assembly_ComparedWithTheFloor_HasEveryMember(string line)
    {
        var (name, members) = line.Split(": ") is [var before, var after] ? (before, after.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : (line.Trim(' ', ':'), []);

        var type = Ours.GetType("Microsoft.Bot." + name);

        Assert.NotNull(type);
        var have = type.GetInterfaces().Append(type)
            .SelectMany(part => part.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy))
            .Select(member => member.Name);
        Assert.Empty(members.Except(have));
    }

    [Fact]
    public void Assembly_ComparedWithTheFixture_CoversWhatItDid()
    {
        var official = OfficialType.Read();
        var ours = Ours.GetExportedTypes().ToDictionary(ApiText.FullName, type => ApiText.Members(type).ToHashSet());

        var all = official.Sum(type => type.Value.Members.Count);
        var have = official.Sum(type => ours.TryGetValue(type.Key, out var members) ? members.Intersect(type.Value.Members).Count() : 0);

        // What is covered stays covered.
        TestContext.Current.TestOutputHelper?.WriteLine($"types {ours.Count} of {official.Count}, members {have} of {all}");
        Assert.InRange(ours.Count, 127, official.Count);
        Assert.InRange(have, 763, all);
    }

    [Fact]
    public void Fixture_Read_HoldsTheTypesThatBotsUse() => Assert.InRange(OfficialType.Read().Count, 90, 200);
}
