namespace OnnxChat.Training.Privacy.Finders;

/// <summary>Finds personal data of one kind.</summary>
internal interface IPersonalDataFinder
{
    /// <param name="text">A text whose digits and Latin letters have their usual width.</param>
    IEnumerable<PersonalData> Find(string text);
}
