using System.Text.RegularExpressions;

namespace OnnxChat.Training.Privacy.Finders;

/// <summary>E-mail addresses. Those of the domains that RFC 2606 reserves for examples are nobody's.</summary>
internal sealed partial class EmailFinder : IPersonalDataFinder
{
    public IEnumerable<PersonalData> Find(string text) => Addresses().Matches(text)
        .Where(match => !Reserved().IsMatch(match.Value))
        .Select(match => new PersonalData(PersonalDataKind.Email, match.Index, match.Length));

    // Latin letters only: Chinese needs no space before an address.
    [GeneratedRegex(@"[A-Za-z0-9\u00C0-\u024F._%+'-]*[A-Za-z0-9\u00C0-\u024F_%+-]@[A-Za-z0-9\u00C0-\u024F-]+(?:\.[A-Za-z0-9\u00C0-\u024F-]+)*\.[A-Za-z\u00C0-\u024F]{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"[@.](?:example\.(?:com|net|org)|[^@.]+\.example|example|test|invalid|localhost)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reserved();
}
