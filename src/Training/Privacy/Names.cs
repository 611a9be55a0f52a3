namespace OnnxChat.Training.Privacy;

/// <summary>Common names: what tells "I'm Anna" from "I'm angry", and what invented names are drawn from.</summary>
internal static class Names
{
    private const string GivenNames =
        "Adam Adrian Ahmed Aisha Alan Albert Alex Alexander Alexandra Ali Alice Alicia Alina Amanda Amelia Amir Amy Ana Andrea Andreas Andrew Angela Anja Ann Anna Anne Annika Anthony Antonio Arthur Ashley "
        + "Barbara Beatrice Ben Benjamin Bernd Beth Bianca Bob Brandon Brenda Brian Bruno Callum Carla Carlos Carol Caroline Catherine Charles Charlie Charlotte Chen Chloe Chris Christian Christina Christine Christoph Christopher Claire Clara Claudia Colin Connor "
        + "Daniel Daniela Dave David Deborah Denise Dennis Diana Diego Dieter Dominik Donald Donna Dorothy Dylan Edward Elena Elias Elisabeth Elizabeth Ella Ellen Emil Emily Emma Eric Erik Ethan Eva Evelyn Fabian Fatima Felix Fiona Florian Frances Frank Fred Frederick "
        + "Gabriel Gary Georg George Gerald Gordon Grace Graham Greg Hannah Hans Harry Hassan Heather Heike Heinz Helen Helena Helga Henry Holly Hugo Ian Ibrahim Ines Ingrid Irene Isaac Isabel Isabella Ivan Jack Jacob Jake James Jan Jane Janet Jason Javier Jean Jeff Jennifer Jenny Jens Jeremy Jessica Jim Jin "
        + "Joanna Joe Johan Johanna John Jonas Jonathan Jose Joseph Joshua Juan Judith Julia Julian Julie Jurgen Jürgen Karen Karin Karl Kate Katharina Katherine Kathrin Katie Kelly Ken Kenneth Kevin Kim Klaus Kyle Lars Laura Lauren Lea Leah Lee Lena Leo Leon Leonie Lewis Liam Li Lily Linda Lisa Liz Louis Louise Luca Lucas Lucy Luis Luisa Lukas Luke "
        + "Magdalena Manuel Marc Marcel Marco Marcus Margaret Maria Marie Marina Mario Mark Markus Marta Martha Martin Martina Mary Mateo Matt Matthew Matthias Maria Max Maximilian Megan Mei Mehmet Melanie Mia Michael Michaela Michelle Miguel Mike Ming Miriam Mohamed Mohammed Molly Monica Monika Moritz Muhammad "
        + "Nadia Nadine Nancy Naomi Natalie Natasha Nathan Neil Nicholas Nick Nicola Nicole Nina Nora Oliver Olivia Olga Omar Oscar Otto Owen Pablo Pamela Patricia Patrick Paul Paula Pedro Peter Petra Phil Philip Philipp Pierre Priya Rachel Rafael Ralf Ravi Rebecca Renate Richard Rita Rob Robert Robin Roger Rosa Rose Ruth Ryan "
        + "Sabine Sally Sam Samantha Samuel Sandra Sara Sarah Scott Sean Sebastian Sergio Sharon Sheila Silke Simon Simone Sofia Sofie Sonia Sophia Sophie Stefan Stefanie Stella Stephanie Stephen Steve Steven Stuart Sue Susan Susanne Sven Svenja Tanja Tanya Teresa Theo Theresa Thomas Tim Timothy Tina Tobias Todd Tom Tommy Tony Tracy "
        + "Uwe Ursula Valentina Valerie Vanessa Vera Veronica Victor Victoria Viktor Vincent Walter Wayne Wei Wendy Werner William Wolfgang Xavier Yan Yasmin Ying Yusuf Yvonne Zoe";

    private const string FamilyNames =
        "Allen Baker Bauer Becker Bell Bennett Brown Carter Clark Collins Cooper Cruz Davies Dietrich Edwards Evans Fischer Foster Garcia Gray Green Hall Harris Hill Hoffmann Hughes Jensen Jones Keller King Koch Lewis Lopez Martin Meyer Mitchell Moore Morgan Morris Murphy Nelson Novak Parker Perez Phillips Reed Roberts Rossi Scott Silva Smith Taylor Thomas Turner Wagner Walker Ward Watson Weber White Wilson Wood Young";

    /// <summary>Common Chinese family names, one character each.</summary>
    public const string ChineseFamily =
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";

    /// <summary>Characters of Chinese given names.</summary>
    public const string ChineseGiven = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲芬燕彬慧云兰梅琳文博宇欣怡浩晨佳雪婷鑫";

    /// <summary>Given names of English texts.</summary>
    public static IReadOnlyList<string> Given { get; } = [.. GivenNames.Split(' ').Distinct()];

    /// <summary>Family names of English texts.</summary>
    public static IReadOnlyList<string> Family { get; } = FamilyNames.Split(' ');

    /// <summary>Whether a word is a common given name.</summary>
    public static bool IsGiven(string word) => KnownGiven.Contains(word);

    private static HashSet<string> KnownGiven { get; } = new(Given, StringComparer.OrdinalIgnoreCase);
}
