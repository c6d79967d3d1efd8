"use strict";

// Shows the API's description with this page's origin as the server, and with a token that is good here. Sample data of the
// running service replaces the examples' ids and day, so that requests that name a preview find one.
(async () => {
  const response = await fetch("/_local/docs/sample.json");
  const sample = response.ok ? await response.json() : null;
  let adapted = false;

  const withSample = (document) => {
    const path = document.paths["/api/public/bot/{botId}/conversations/delete"];
    const { byConversation, byChannelUser } = path.post.requestBody.content["application/json"].examples;
    const replacements = [
      [document.components.parameters.BotId.example, sample.botId],
      [byChannelUser.value.cId, sample.cId],
      [byChannelUser.value.startDate, sample.day],
      ...byConversation.value.conversationIds.map((id, i) => [id, sample.conversationIds[i]]),
      ...(sample.previewId ? [[document.components.parameters.PreviewId.example, sample.previewId]] : []),
    ];
    // The reader's requests differ from each other, so none of them gets a key in advance.
    delete document.components.parameters.IdempotencyKey.example;
    const text = replacements.reduce((all, [from, to]) => all.replaceAll(from, to), JSON.stringify(document));
    return JSON.parse(text);
  };

  const ui = SwaggerUIBundle({
    url: "/_local/docs/openapi.yaml",
    dom_id: "#page",
    deepLinking: true,
    displayRequestDuration: true,
    defaultModelsExpandDepth: 0,
    onComplete: () => {
      if (adapted) {
        return;
      }
      adapted = true;
      const document = ui.specSelectors.specJson().toJS();
      const servers = [{ url: window.location.origin, description: "This service." }];
      ui.specActions.updateJsonSpec({ ...(sample ? withSample(document) : document), servers });
      if (sample) {
        ui.preauthorizeApiKey("clientApp", sample.auth);
      }
    },
  });
})();
