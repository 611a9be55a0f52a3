using OnnxChat.Evaluation;

namespace OnnxChat.Training.Privacy.Substitutes;

/// <summary>What stands in answers instead of personal data: a word, for a model must not learn to say a number that is nobody's.</summary>
internal static class Placeholders
{
    public static string Of(PersonalDataKind kind, TextLanguage language)
    {
        var (english, chinese) = kind switch
        {
            PersonalDataKind.Email => ("email address", "邮箱地址"),
            PersonalDataKind.Iban => ("bank account number", "银行账号"),
            PersonalDataKind.Card => ("card number", "卡号"),
            PersonalDataKind.ResidentId => ("identity number", "证件号码"),
            PersonalDataKind.Reference => ("number", "号码"),
            PersonalDataKind.Telephone => ("phone number", "电话号码"),
            PersonalDataKind.Address => ("address", "地址"),
            PersonalDataKind.Name => ("customer", "顾客"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind has no placeholder."),
        };
        return language == TextLanguage.Chinese ? chinese : english;
    }
}
