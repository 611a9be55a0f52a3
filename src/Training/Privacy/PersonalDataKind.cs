namespace OnnxChat.Training.Privacy;

/// <summary>What a piece of text tells of a person. The first ones are looked for first.</summary>
internal enum PersonalDataKind
{
    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>An IBAN with right check digits.</summary>
    Iban,

    /// <summary>A payment card's number with a right check digit.</summary>
    Card,

    /// <summary>A Chinese resident identity number with a right check character.</summary>
    ResidentId,

    /// <summary>A number or mark that stands for an order, an account or the like.</summary>
    Reference,

    /// <summary>A telephone number.</summary>
    Telephone,

    /// <summary>A street with a house number.</summary>
    Address,

    /// <summary>A person's name.</summary>
    Name,
}
