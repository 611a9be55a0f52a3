using System.Text.RegularExpressions;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.Training.Privacy.Finders;

/// <summary>Numbers of orders, accounts, parcels and the like by what stands before them, and by patterns of the company's own.</summary>
internal sealed partial class ReferenceFinder : IPersonalDataFinder
{
    // "order 1000 pieces" is no number of an order, "order no. 1000" is.
    private const int LeastDigits = 5;
    private const int LeastDigitsNamed = 4;

    private readonly List<Regex> _own;

    /// <param name="own">Regular expressions; what the whole of one finds is a reference.</param>
    /// <exception cref="UserException">One is none that can be used.</exception>
    public ReferenceFinder(IReadOnlyList<string> own)
    {
        _own = [.. own.Select(Read)];
    }

    public IEnumerable<PersonalData> Find(string text) =>
        _own.SelectMany(own => own.Matches(text).Where(match => match.Length > 0).Select(match => Span(match)))
            .Concat(AfterCue().Matches(text).Where(IsReference).Select(match => Span(match.Groups["number"])));

    private static bool IsReference(Match match)
    {
        var number = match.Groups["number"].Value;
        var digits = number.Count(char.IsAsciiDigit);
        return digits >= (match.Groups["named"].Success ? LeastDigitsNamed : LeastDigits) && !OrdinaryNumbers.IsDate(number);
    }

    private static PersonalData Span(Capture capture) => new(PersonalDataKind.Reference, capture.Index, capture.Length);

    // Its time grows with the text only, whatever the expression.
    private static Regex Read(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new UserException($"--id-pattern '{pattern}' cannot be used: {e.Message} It is a .NET regular expression without look-around and back-references.", e);
        }
    }

    [GeneratedRegex("""
        (?:
          (?<![a-z])(?:order|account|customer|client|member(?:ship)?|invoice|tracking|parcel|shipment|reference|ref|booking|ticket|case|contract|policy|licen[cs]e|passport)
          (?<named>\ ?-?(?:number|no|nr|num|id|code)\b\.?)? (?:\ ?(?:is|was|:|=))? \ ? (?<named>\#)? \ ?
        |
          (?:订单|单|账|帐|账户|账号|客户|会员|发票|运单|快递单?|物流单?|护照) (?<named>号码?)? (?:是|为|:|：|\#)* \ ?
        )
        (?<number>(?=[A-Z0-9-]*[0-9]{2}) [A-Z0-9]{1,20} (?:-[A-Z0-9]{2,12}){0,4})
        (?![A-Za-z0-9])
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex AfterCue();
}
