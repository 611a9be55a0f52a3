using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace OnnxChat.BotFramework.Tests.Surface;

/// <summary>Writes a type's public surface as <c>tests/fixtures/botframework-api.txt</c> does.</summary>
internal static class ApiText
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    public static string FullName(Type type) => $"{type.Namespace}.{(type.IsNested ? type.DeclaringType!.Name + "." : "")}{Name(type)}";

    public static string Kind(Type type) => type switch
    {
        _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
        { IsInterface: true } => "interface",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        _ => "class",
    };

    public static IEnumerable<string> Bases(Type type)
    {
        if (type.BaseType is { } parent && parent != typeof(object) && Kind(type) != "delegate")
            yield return Name(parent);

        foreach (var contract in Kind(type) == "delegate" ? [] : type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []))
            yield return Name(contract);
    }

    public static IEnumerable<string> Members(Type type)
    {
        if (Kind(type) == "delegate")
            return [Name(type.GetMethod("Invoke")!.ReturnType) + " (" + Parameters(type.GetMethod("Invoke")!) + ")"];

        return
        [
            .. type.GetConstructors(Declared).Where(IsVisible).Select(constructor => Access(constructor) + "ctor(" + Parameters(constructor) + ")"),
            .. type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily).Select(Field),
            .. type.GetMethods(Declared).Where(method => IsVisible(method) && !method.IsSpecialName).Select(Method),
            .. type.GetProperties(Declared).Where(property => IsVisible(Getter(property))).Select(Property),
        ];
    }

    private static bool IsVisible(MethodBase method) => method is { IsStatic: false, IsConstructor: true } or { IsConstructor: false } && (method.IsPublic || method.IsFamily);

    private static MethodInfo Getter(PropertyInfo property) => property.GetMethod ?? property.SetMethod!;

    private static string Field(FieldInfo field) => field.IsLiteral
        ? $"const {Name(field.FieldType)} {field.Name} = \"{field.GetRawConstantValue()}\""
        : $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}";

    private static string Property(PropertyInfo property)
    {
        var getter = Getter(property);
        return $"{Access(getter)}{Modifier(getter)}{Name(property.PropertyType)} {property.Name} {{ get;{(property.SetMethod is { IsPublic: true } ? " set;" : "")} }}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethodDefinition ? $"<{string.Join(',', method.GetGenericArguments().Select(Name))}>" : "";
        return $"{Access(method)}{Modifier(method)}{Name(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Access(MethodBase method) => method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "";

    private static string Modifier(MethodInfo method) => method switch
    {
        _ when method.DeclaringType!.IsInterface => "",
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true } when method.GetBaseDefinition() != method => "override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static string Parameters(MethodBase method)
    {
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return extension + string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{Default(parameter)}"));
    }

    private static string Default(ParameterInfo parameter) => !parameter.HasDefaultValue ? "" : parameter.DefaultValue switch
    {
        null => "=default",
        string text => $"=\"{text}\"",
        var value => "=" + Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string Name(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;

        if (type.IsByRef)
            return "ref " + Name(type.GetElementType()!);

        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";

        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";

        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(',', type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }
}
