using System.Text.RegularExpressions;

namespace OnnxChat.Training.Privacy.Finders;

/// <summary>Names after words that introduce one. A name without such words is not found.</summary>
internal sealed partial class NameFinder : IPersonalDataFinder
{
    private static readonly HashSet<string> NoNames = new(
        ["a", "an", "the", "on", "in", "not", "no", "missing", "wrong", "misspelled", "spelled", "spelt", "written", "printed", "misspelt", "still", "already", "and", "but", "it", "is", "also", "as", "different", "incorrect", "correct", "now", "too", "customer", "sir", "madam", "team", "support", "all", "everyone", "both", "same", "there", "just", "what", "i", "my", "please", "can", "thanks", "thank", "trying", "looking"],
        StringComparer.OrdinalIgnoreCase);

    public IEnumerable<PersonalData> Find(string text) =>
        Names(AfterMyName().Matches(text), _ => true)
            .Concat(Names(AfterTitle().Matches(text), _ => true))
            .Concat(Names(AtTheEnd().Matches(text), _ => true))
            // These words introduce much else: only a common name counts.
            .Concat(Names(AfterIAm().Matches(text), Privacy.Names.IsGiven))
            .Concat(Names(AfterGreeting().Matches(text), Privacy.Names.IsGiven))
            .Concat(Names(AfterThanks().Matches(text), Privacy.Names.IsGiven))
            .Concat(Names(Chinese().Matches(text), _ => true));

    private static IEnumerable<PersonalData> Names(IEnumerable<Match> matches, Func<string, bool> isName) => matches
        .Select(match => match.Groups["name"])
        .Where(name => FirstWord(name.Value) is var word && !NoNames.Contains(word) && isName(word))
        .Select(name => new PersonalData(PersonalDataKind.Name, name.Index, name.Length));

    private static string FirstWord(string name) => name.Split(' ')[0];

    // "my name is john smith": in whatever case, but then one more word only where it is a name for certain.
    [GeneratedRegex(@"(?i:(?<!\w)(?:my (?:full |first |last )?name(?: is|'s|\u2019s)|(?:the )?name on the (?:order|account|card) is|i am called|they call me|name:)) (?<name>(?:[A-Z\u00C0-\u00DE][\w'\u2019-]+)(?: [A-Z\u00C0-\u00DE][\w'\u2019-]+){0,2}|[a-z\u00DF-\u00FF][\w'\u2019-]+(?: [a-z\u00DF-\u00FF][\w'\u2019-]+(?=[.,!;]|$))?)", RegexOptions.CultureInvariant)]
    private static partial Regex AfterMyName();

    [GeneratedRegex(@"(?<!\w)(?:Mr|Mrs|Ms|Miss|Mx|Dr|Herr|Frau)\.? (?<name>[A-Z\u00C0-\u00DE][\w'\u2019-]+(?: [A-Z\u00C0-\u00DE][\w'\u2019-]+)?)", RegexOptions.CultureInvariant)]
    private static partial Regex AfterTitle();

    [GeneratedRegex(@"(?i:(?<!\w)(?:kind regards|best regards|warm regards|regards|sincerely|yours (?:truly|faithfully|sincerely)|best wishes|kindest regards)),?\s+(?<name>[A-Z\u00C0-\u00DE][\w'\u2019-]+(?: [A-Z\u00C0-\u00DE][\w'\u2019.-]+){0,2})\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex AtTheEnd();

    [GeneratedRegex(@"(?i:(?<!\w)(?:i am|i'm|i\u2019m|im|this is|it is|it's|it\u2019s|here is)) (?<name>[A-Z\u00C0-\u00DE][\w'\u2019-]+(?: [A-Z\u00C0-\u00DE][\w'\u2019-]+){0,2}|[a-z]+(?= (?:speaking|here|from)\b))", RegexOptions.CultureInvariant)]
    private static partial Regex AfterIAm();

    [GeneratedRegex(@"(?i:(?:^|[.!?]\s+)(?:dear|hi|hello|hey|good (?:morning|afternoon|evening))) (?<name>[A-Z\u00C0-\u00DE][\w'\u2019-]+(?: [A-Z\u00C0-\u00DE][\w'\u2019-]+)?)(?=[,!.:\s]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex AfterGreeting();

    [GeneratedRegex(@"(?i:(?<!\w)(?:thanks|thank you|cheers|best|love|thx)),?\s+(?<name>[A-Z\u00C0-\u00DE][\w'\u2019-]+(?: [A-Z\u00C0-\u00DE][\w'\u2019.-]+)?)\s*[.!]?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex AfterThanks();

    // 我叫张伟; 我姓王; 收件人：李娜; 王先生
    [GeneratedRegex(
        "(?:我叫|我名字叫|(?:我的)?名字是|姓名(?:是|[:：])|(?:收件人|联系人)(?:是|[:：]))(?<name>[" + Privacy.Names.ChineseFamily + "][\u4e00-\u9fff]{1,2})(?=[\\s，。,.！!；;：:]|$|我|想|要|的(?!确))"
        + "|(?:我姓|免贵姓)(?<name>[" + Privacy.Names.ChineseFamily + "])"
        + "|(?<name>[" + Privacy.Names.ChineseFamily + "])(?=先生|女士|小姐|太太)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Chinese();
}
