namespace OnnxChat.Gpt2.Export;

/// <summary>Reads a template in any of its forms, and writes it as JSON.</summary>
public static class ModelTemplateFile
{
    private static readonly string[] Forms = ["prompt", "roles", "chat_template"];
    private static readonly string[] RoleNames = ["system", "user", "assistant"];

    /// <summary>
    /// Reads a JSON object with <c>prompt</c>, <c>roles</c> or <c>chat_template</c> (or an <c>onnxchat.json</c>, whose
    /// <c>template</c> is taken), a <c>.jinja</c> file, or plain text that is the prompt of one question.
    /// </summary>
    /// <exception cref="InvalidDataException">The template is not usable; the message names the member.</exception>
    public static ModelTemplate Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.EndsWith(".jinja", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".j2", StringComparison.OrdinalIgnoreCase))
            return new JinjaTemplate(File.ReadAllText(path));
        if (!PromptTemplate.IsJson(path))
            return PromptTemplate.Read(path);

        var root = JsonFile.ReadObject(path);
        var members = new TemplateMembers(path, root.TryGetProperty("template", out var inner) ? inner : root);
        return Array.FindAll(Forms, members.Has) switch
        {
            ["prompt"] => ReadPrompt(members, path),
            ["roles"] => ReadConversation(members),
            ["chat_template"] => ReadJinja(members),
            [] => throw members.Refused($"the template has none of \"{string.Join("\", \"", Forms)}\"; it needs one of them"),
            var several => throw members.Refused($"the template has \"{string.Join("\" and \"", several)}\"; it may have one of them"),
        };
    }

    /// <summary>Writes a template as the JSON object that <see cref="Read"/> takes.</summary>
    public static void Write(string path, ModelTemplate template)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(template);
        JsonFile.WriteObject(path, template.Write);
    }

    private static PromptTemplate ReadPrompt(TemplateMembers members, string path)
    {
        members.Allow("prompt", "system", "stop");
        return PromptTemplate.Read(path);
    }

    private static ConversationTemplate ReadConversation(TemplateMembers members)
    {
        members.Allow("roles", "reply", "begin", "system", "stop");
        var roles = members.Object("roles");
        roles.Allow(RoleNames);
        return new ConversationTemplate(Role(roles, "user"), Role(roles, "assistant"), members.Text("reply"))
        {
            System = roles.Has("system") ? Role(roles, "system") : null,
            Begin = members.OptionalText("begin") ?? "",
            DefaultSystem = members.OptionalText("system"),
            Stop = members.Stops(),
        };
    }

    private static RoleText Role(TemplateMembers roles, string name)
    {
        var role = roles.Object(name);
        role.Allow("prefix", "suffix");
        return new RoleText(role.OptionalText("prefix") ?? "", role.OptionalText("suffix") ?? "");
    }

    private static JinjaTemplate ReadJinja(TemplateMembers members)
    {
        members.Allow("chat_template", "system", "stop");
        return new JinjaTemplate(members.Text("chat_template")) { DefaultSystem = members.OptionalText("system"), Stop = members.Stops() };
    }
}
